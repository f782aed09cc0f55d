import type { Instance, Switched } from "../target.js"
import type { Connection } from "./control/connection.js"

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
