import { isTimeUp, timeUpOf } from "../../deadline.js"
import type { Colour } from "../target.js"
import type { Connection } from "./control/connection.js"

/** Broken off, it is left to the daemon, which kills what is left when the time is up, and not before. */
export async function remove(connection: Connection, colour: Colour, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const left = new Promise<never>((_, reject) => {
    const leave = () => {
      if (!isTimeUp(signal)) reject(signal.reason as Error)
    }
    signal.addEventListener("abort", leave, { once: true })
  })
  await Promise.race([connection.call("remove", { colour }, { signal: timeUpOf(signal) }), left])
}
