import { isTimeUp, timeUpOf } from "../../deadline.js"
import type { Colour, Instance, Switched } from "../target.js"
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

/** A switch that comes too late is taken back at once: the daemon hears of that before of anything that is asked later. */
export async function switchTo(
  connection: Connection,
  instance: Instance,
  signal: AbortSignal,
): Promise<Switched> {
  const back = async () => {
    await connection.call("back", {})
  }
  const late = () => void back().catch(() => undefined)
  signal.addEventListener("abort", late, { once: true })
  await connection.call("switchTo", { instance }, { signal })
  signal.removeEventListener("abort", late)
  signal.throwIfAborted()
  return {
    confirm: async () => {
      await connection.call("confirm", {})
    },
    back,
  }
}
