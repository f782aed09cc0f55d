import { setTimeout as sleep } from "node:timers/promises"
import { SERVICE_LABEL } from "../containers.js"
import { DockerError, LOOK_INTERVAL_MS } from "../docker-call.js"
import { filterArgs, LABEL } from "../labels.js"
import { frontName } from "../names.js"
import type { SwarmPlace } from "../swarm-place.js"
import { describeTask, tasksOf } from "../tasks.js"
import { askFromFront } from "./ask.js"
import { FRONT_CONTAINER_PORT } from "./nginx-conf.js"

/** Swarm starts a front that ended again after some seconds. */
const RESTART_MS = 15_000
const PATIENCE_MS = 45_000
const ANSWER_MS = 10_000

/**
 * The id of the front's container, which is on the node that docker is called on.
 * @throws with what swarm says of the front, when none has come to run in time
 */
export async function frontContainer(place: SwarmPlace): Promise<string> {
  const container = await waited(PATIENCE_MS, () => found(place))
  return container ?? Promise.reject(await notRunning(place, "run"))
}

/**
 * The same once it answers; undefined when none has come to soon. One that ends after each start is seen to run now and
 * then, too.
 */
export const runningFront = (place: SwarmPlace) => waited(RESTART_MS, () => answering(place))

/**
 * The same for a front that was made like this.
 * @throws with what swarm says of the front, when none has come to answer in time
 */
export async function newFront(place: SwarmPlace, fingerprint: string): Promise<string> {
  const look = () => answering(place, { [LABEL.front]: fingerprint })
  return (await waited(PATIENCE_MS, look)) ?? Promise.reject(await notRunning(place, "answer"))
}

async function answering(place: SwarmPlace, labels: Readonly<Record<string, string>> = {}) {
  const container = await found(place, labels)
  return container !== undefined && (await answers(place, container)) ? container : undefined
}

async function found({ docker, stack }: SwarmPlace, more: Readonly<Record<string, string>> = {}) {
  const labels = { [SERVICE_LABEL]: frontName(stack), ...more }
  const { stdout } = await docker(["ps", "--quiet", "--filter", "status=running", ...filterArgs(labels)])
  return stdout.split("\n").find(Boolean)
}

async function waited<Found>(patienceMs: number, look: () => Promise<Found | undefined>) {
  for (const deadline = Date.now() + patienceMs; ;) {
    const result = await look()
    if (result !== undefined || Date.now() > deadline) return result
    await sleep(LOOK_INTERVAL_MS)
  }
}

/** Whatever it answers: it may have nowhere to lead to. */
async function answers(place: SwarmPlace, container: string): Promise<boolean> {
  const urls = [`http://127.0.0.1:${FRONT_CONTAINER_PORT}/healthz`]
  const asked = askFromFront(place, { container, urls, signal: AbortSignal.timeout(ANSWER_MS) })
  return asked.then(
    () => true,
    () => false,
  )
}

async function notRunning(place: SwarmPlace, what: string): Promise<DockerError> {
  const name = frontName(place.stack)
  const [task] = await tasksOf(place, name)
  return new DockerError(
    `expected the front ${name} to ${what} on the node that DOCKER_HOST reaches, received: ` +
      `${task ? describeTask(task) : "no task"}; look at docker service ps --no-trunc ${name}`,
  )
}
