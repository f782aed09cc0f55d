import { DeployFailure, type Work } from "./work.js"

/**
 * Leads everything back to what served before and removes what was started. Each part is tried, whatever became of the
 * others; a part that has nothing to do is no error.
 * @throws DeployFailure when what serves is not what served before
 */
export async function takeBack(work: Work, signal: AbortSignal): Promise<string> {
  const { target, before, started } = work
  const problems: string[] = []
  const attempt = (part: Promise<unknown> | undefined) =>
    part?.catch((error: unknown) => problems.push(error instanceof Error ? error.message : String(error)))
  await attempt(work.switched?.back())
  delete work.switched
  const serving = await target.serving()
  if (serving?.colour !== before?.colour)
    throw new DeployFailure(
      `expected ${before?.colour ?? "nothing"} to serve, found ${serving?.colour ?? "nothing"}: ${problems.join("; ")}`,
    )
  work.isBack = true
  // Without the lock, what stands there may be the next deploy's, which removes what it does not need.
  if (started && !work.lock.lost.aborted) await attempt(target.remove(started.colour, signal))
  const rest =
    problems.length > 0 ? `; left behind, for the next deploy to remove: ${problems.join("; ")}` : ""
  return `${before ? `${before.colour} serves, as before` : "nothing serves, as before"}${rest}`
}
