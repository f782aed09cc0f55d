import { setTimeout as sleep } from "node:timers/promises"
import type { Colour } from "../target.js"
import { removeContainers, SERVICE_LABEL } from "./containers.js"
import { LOOK_INTERVAL_MS } from "./docker-call.js"
import { settledColour } from "./front/colour.js"
import { frontContainer, hasFront } from "./front/container.js"
import { LABEL } from "./labels.js"
import { partName, PARTS } from "./names.js"
import { servicesWith } from "./services.js"
import { removeSettings } from "./settings-secret.js"
import type { SwarmPlace } from "./swarm-place.js"
import { hasEnded, tasksOf } from "./tasks.js"

/**
 * Ends and removes what runs in a colour that the front does not lead to.
 * @throws when the front leads there
 */
export async function removeIdle(place: SwarmPlace, colour: Colour, signal: AbortSignal): Promise<void> {
  const serving = (await hasFront(place)) && (await settledColour(place, await frontContainer(place)))
  if (serving === colour)
    throw new Error(
      `expected a colour that does not serve, received ${colour}; switch to the other one first`,
    )
  await removeColour(place, colour, signal)
}

/**
 * Ends what runs in a colour and removes it. Its containers are told to end and have the time that their service grants;
 * at the signal's end those on the node that docker is called on are killed, and the others have no longer than that time.
 */
export async function removeColour(place: SwarmPlace, colour: Colour, signal: AbortSignal): Promise<void> {
  const services = await servicesWith(place, { [LABEL.colour]: colour })
  const { docker } = place
  // Before the services go: swarm tells nothing more about the containers of one that is gone.
  if (services.length > 0)
    await docker(["service", "scale", "--detach", ...services.map((service) => `${service}=0`)])
  const names = PARTS.map((part) => partName(place.stack, part, colour))
  while (!signal.aborted && (await anyRuns(place, names))) await sleep(LOOK_INTERVAL_MS)
  if (services.length > 0) await docker(["service", "rm", ...services], { mayFail: true })
  for (const name of names) await removeContainers(place, { [SERVICE_LABEL]: name })
  await removeSettings(place, { [LABEL.colour]: colour })
}

async function anyRuns(place: SwarmPlace, names: readonly string[]): Promise<boolean> {
  const tasks = await Promise.all(names.map((name) => tasksOf(place, name)))
  return tasks.flat().some((task) => !hasEnded(task))
}
