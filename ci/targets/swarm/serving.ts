import type { Instance } from "../target.js"
import { frontColour } from "./front/colour.js"
import { frontContainer, hasFront } from "./front/container.js"
import { labelledInstance } from "./labels.js"
import { partName } from "./names.js"
import { serviceLabels } from "./services.js"
import type { SwarmPlace } from "./swarm-place.js"

/**
 * What the front leads to; undefined when there is no front, or nothing where it leads.
 * @throws when there is a front and it does not run: what it leads to is then not known
 */
export async function servingInstance(place: SwarmPlace): Promise<Instance | undefined> {
  if (!(await hasFront(place))) return undefined
  const colour = await frontColour(place, await frontContainer(place))
  if (colour === undefined) return undefined
  const labels = await serviceLabels(place, partName(place.stack, "server", colour))
  return labels && labelledInstance(colour, labels)
}
