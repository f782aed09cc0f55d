import { LABEL } from "../labels.js"
import { frontName } from "../names.js"
import { serviceLabels } from "../services.js"
import type { SwarmPlace } from "../swarm-place.js"

/**
 * The labels of the environment's front; undefined when there is none.
 * @throws when what has the stack's name is of another environment
 */
export async function frontLabels(place: SwarmPlace): Promise<Readonly<Record<string, string>> | undefined> {
  const { stack, settings } = place
  const labels = await serviceLabels(place, frontName(stack))
  const owner = labels?.[LABEL.environment]
  if (labels && owner !== settings.environment)
    throw new Error(
      `expected the stack ${stack} to be of ${settings.environment}, received one of ${owner ?? "nobody"}; ` +
        "give STACK a name that no other environment has",
    )
  return labels
}
