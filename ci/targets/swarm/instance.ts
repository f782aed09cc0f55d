import { setTimeout as sleep } from "node:timers/promises"
import type { Answer, Instance } from "../target.js"
import { LOOK_INTERVAL_MS } from "./docker-call.js"
import { askFromFront } from "./front/ask.js"
import { frontContainer } from "./front/container.js"
import { PART_PORT, partName, PARTS, type Part } from "./names.js"
import type { SwarmPlace } from "./swarm-place.js"
import { describeTask, isWanted, taskAddress, tasksOf, type Task } from "./tasks.js"

/**
 * Asks every container of an instance's server, past the front. The client has to run by then, too.
 * @returns the first answer that is not 200, or else any
 * @throws when one does not answer or is not there yet
 */
export async function askInstance(
  place: SwarmPlace,
  instance: Instance,
  { path, signal }: { readonly path: string; readonly signal: AbortSignal },
): Promise<Answer> {
  const container = await frontContainer(place)
  const addresses = await serverAddresses(place, instance)
  const urls = addresses.map((address) => `http://${address}:${PART_PORT.server}${path}`)
  const answers = await askFromFront(place, { container, urls, signal })
  await expectRunning(place, instance, "client")
  const [first] = [...answers.filter(({ status }) => status !== 200), ...answers]
  if (first === undefined) throw new Error(`expected a server in ${instance.colour}, received none`)
  return first
}

async function serverAddresses(place: SwarmPlace, { colour }: Instance): Promise<string[]> {
  const wanted = (await tasksOf(place, partName(place.stack, "server", colour))).filter(isWanted)
  const addresses = wanted.map((task) => taskAddress(task, place.stack)).filter((each) => each !== undefined)
  if (wanted.length > 0 && addresses.length === wanted.length) return addresses
  throw new Error(`expected every server of ${colour} to have an address, received ${described(wanted)}`)
}

const described = (tasks: readonly Task[]) => tasks.map(describeTask).join(", ") || "no task"

/** @throws when a container of a part does not run yet, in the words of swarm, for which it runs once it is healthy */
async function expectRunning(place: SwarmPlace, { colour }: Instance, part: Part): Promise<void> {
  const wanted = (await tasksOf(place, partName(place.stack, part, colour))).filter(isWanted)
  if (wanted.length > 0 && wanted.every(({ Status }) => Status.State === "running")) return
  throw new Error(`expected the ${part} of ${colour} to run, received ${described(wanted)}`)
}

/** Waits until the front finds an instance by its names in the network, which it gets when it is healthy. */
export async function reachable(place: SwarmPlace, instance: Instance, signal: AbortSignal): Promise<void> {
  const container = await frontContainer(place)
  for (;;) {
    try {
      for (const part of PARTS) {
        await expectRunning(place, instance, part)
        const url = `http://${partName(place.stack, part, instance.colour)}:${PART_PORT[part]}/healthz`
        await askFromFront(place, { container, urls: [url], signal })
      }
      return
    } catch {
      // Not yet; how long to wait is for the caller to say.
      await sleep(LOOK_INTERVAL_MS)
      signal.throwIfAborted()
    }
  }
}
