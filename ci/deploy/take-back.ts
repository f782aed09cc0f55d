import { revision } from "../release/deployable.js"
import type { Instance } from "../targets/target.js"
import { described } from "./result.js"
import { DeployFailure, type Work } from "./work.js"

/**
 * Leads everything back to what served before and removes what was started. Each part is tried, whatever became of the
 * others; a part that has nothing to do is no error.
 * @throws DeployFailure when what serves is not what served before
 */
export async function takeBack(work: Work, signal: AbortSignal): Promise<string> {
  const { target, before, started } = work
  const problems: string[] = []
  const attempt = async (part: Promise<unknown> | undefined) => {
    await part?.catch((error: unknown) =>
      problems.push(error instanceof Error ? error.message : String(error)),
    )
    // Whoever waited has given the lock back by then.
    signal.throwIfAborted()
  }
  await attempt(work.switched?.back())
  const isOurs = !work.lock.lost.aborted
  if (started && isOurs && target.carries.has("switch")) await attempt(target.goBack?.(before, signal))
  delete work.switched
  if (isOurs) await attempt(target.settled?.())
  // Nothing does while the front is down, whatever it will lead to.
  const serving = await target.serving()
  if (work.keeping && isSame(serving, started)) {
    work.isProven = true
    return `${serving?.colour} serves: the switch was kept, only word of it was lost`
  }
  if (!isSame(serving, before))
    throw new DeployFailure(
      `expected ${described(before)} to serve, found ${described(serving)}: ${problems.join("; ")}`,
    )
  work.isBack = true
  // Without the lock, what stands there may be the next deploy's, which removes what it does not need.
  const isApart = started?.colour !== before?.colour
  if (started && isApart && isOurs)
    await attempt(target.remove(started.colour, AbortSignal.any([signal, work.lock.lost])))
  const rest =
    problems.length > 0 ? `; left behind, for the next deploy to remove: ${problems.join("; ")}` : ""
  return `${before ? `${before.colour} serves, as before` : "nothing serves, as before"}${rest}`
}

/** A target that carries the switch may have one place alone, in which another release then stands. */
const isSame = (one: Instance | undefined, other: Instance | undefined) =>
  one === other ||
  (one?.colour === other?.colour && one?.version === other?.version && revisionOf(one) === revisionOf(other))

const revisionOf = (instance: Instance | undefined) => instance && revision(instance.release)
