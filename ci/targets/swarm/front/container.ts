import { setTimeout as sleep } from "node:timers/promises"
import { SERVICE_LABEL } from "../containers.js"
import { LOOK_INTERVAL_MS } from "../docker-call.js"
import { filterArgs, LABEL } from "../labels.js"
import { frontName } from "../names.js"
import { serviceLabels } from "../services.js"
import type { SwarmPlace } from "../swarm-place.js"
import { describeTask, tasksOf } from "../tasks.js"

/** Swarm starts a front that ended again after some seconds. */
const PATIENCE_MS = 45_000

/** Whether the environment has a front. */
export async function hasFront(place: SwarmPlace): Promise<boolean> {
  return (await serviceLabels(place, frontName(place.stack))) !== undefined
}

/**
 * The id of the container of the front, which is on the node that docker is called on.
 * @param fingerprint only one that was made like this
 * @throws with what swarm says of the front, when none has come to run in time
 */
export async function frontContainer(place: SwarmPlace, fingerprint?: string): Promise<string> {
  const name = frontName(place.stack)
  const labels = { [SERVICE_LABEL]: name, ...(fingerprint && { [LABEL.front]: fingerprint }) }
  const filters = ["--filter", "status=running", ...filterArgs(labels)]
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const { stdout } = await place.docker(["ps", "--quiet", ...filters])
    const [id] = stdout.split("\n").filter(Boolean)
    if (id !== undefined) return id
    if (Date.now() > deadline) break
    await sleep(LOOK_INTERVAL_MS)
  }
  const [task] = await tasksOf(place, name)
  throw new Error(
    `expected the front ${name} to run on the node that DOCKER_HOST reaches, received: ` +
      `${task ? describeTask(task) : "no task"}; look at docker service ps --no-trunc ${name}`,
  )
}
