import type { Work } from "../work.js"

/** Leads new requests to the new version. Until the smoke test has passed the front goes back when this process dies. */
export async function switchOver(work: Work, signal: AbortSignal): Promise<string> {
  if (!work.started) throw new Error("expected something to have been started")
  work.switched = await work.target.switchTo(work.started, signal)
  return `${work.before?.colour ?? "nothing"} to ${work.started.colour}`
}
