import type { Work } from "../work.js"

/** Ends what served before: what is under way ends there, streams are told to reconnect, runs are handed over. */
export async function retireOld({ target, before }: Work, signal: AbortSignal): Promise<string> {
  if (!before) return "nothing served before"
  await target.remove(before.colour, signal)
  return `${before.colour} has ended`
}
