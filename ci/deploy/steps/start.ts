import { otherColour } from "../../targets/target.js"
import type { Work } from "../work.js"

/** Starts the new release beside what serves. From its first moment on it is taken away again when anything fails. */
export async function startNew(work: Work, signal: AbortSignal): Promise<string> {
  work.hasChanged = true
  work.started = { ...work.order, colour: otherColour(work.before) }
  work.started = await work.target.start(work.order, signal)
  return work.started.colour
}
