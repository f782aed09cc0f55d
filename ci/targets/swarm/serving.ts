import type { Colour, Instance } from "../target.js"
import { frontColour, keptColour, takeBackSwitch } from "./front/colour.js"
import { frontContainer, runningFront } from "./front/container.js"
import { expectHere } from "./front/here.js"
import { frontLabels } from "./front/own.js"
import { labelledInstance } from "./labels.js"
import { partName } from "./names.js"
import { removeOneOffs } from "./one-off.js"
import { serviceLabels } from "./services.js"
import type { SwarmPlace } from "./swarm-place.js"

/**
 * What the front leads to; undefined when there is no front, or nothing where it leads.
 * @throws when there is a front and it does not run: then nothing serves, whatever it led to
 */
export async function servingInstance(place: SwarmPlace): Promise<Instance | undefined> {
  if (!(await frontLabels(place))) return undefined
  return instanceIn(place, await frontColour(place, await frontContainer(place)))
}

/**
 * The same once what a killed deploy left running is ended, and a switch that nobody holds is taken back. Of a front that
 * does not run, what it will lead to when it does: a deploy that mends it has to leave that alone.
 * @throws when the front is on another node
 */
export async function settledInstance(place: SwarmPlace): Promise<Instance | undefined> {
  // A migration of a killed deploy would go on beside this one.
  await removeOneOffs(place)
  if (!(await frontLabels(place))) return undefined
  const container = await runningFront(place)
  if (container === undefined) {
    await expectHere(place)
    return instanceIn(place, await keptColour(place))
  }
  await takeBackSwitch(place, container)
  return instanceIn(place, await frontColour(place, container))
}

async function instanceIn(place: SwarmPlace, colour: Colour | undefined): Promise<Instance | undefined> {
  if (colour === undefined) return undefined
  const labels = await serviceLabels(place, partName(place.stack, "server", colour))
  return labels && labelledInstance(colour, labels)
}
