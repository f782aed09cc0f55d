import { setTimeout as sleep } from "node:timers/promises"
import { isTimeUp } from "../../deadline.js"
import { LOOK_INTERVAL_MS } from "./docker-call.js"
import type { SwarmPlace } from "./swarm-place.js"
import { isSettled, tasksOf } from "./tasks.js"

/**
 * Ends services and removes them. Their containers are told to end and have the time that their service grants; when the
 * signal's time is up nothing is waited for any more. Aborted for another reason it leaves them, ending and of no use.
 * A service is removed when swarm has let go of its tasks: one that is removed while swarm clears them away can end the
 * whole daemon (https://github.com/moby/swarmkit/pull/3222).
 */
export async function removeServices(
  place: Pick<SwarmPlace, "docker">,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0) return
  await place.docker(["service", "scale", "--detach", ...names.map((name) => `${name}=0`)])
  while (!signal.aborted && !(await areSettled(place, names))) await sleep(LOOK_INTERVAL_MS)
  if (signal.aborted && !isTimeUp(signal)) throw signal.reason
  await place.docker(["service", "rm", ...names], { mayFail: true })
}

async function areSettled(place: Pick<SwarmPlace, "docker">, names: readonly string[]): Promise<boolean> {
  const tasks = await Promise.all(names.map((name) => tasksOf(place, name)))
  return tasks.flat().every(isSettled)
}
