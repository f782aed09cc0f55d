import type { Colour } from "../target.js"
import { removeContainers, SERVICE_LABEL } from "./containers.js"
import { frontColour } from "./front/colour.js"
import { frontContainer } from "./front/container.js"
import { frontLabels } from "./front/own.js"
import { LABEL } from "./labels.js"
import { partName, PARTS } from "./names.js"
import { removeServices } from "./remove-services.js"
import { servicesWith } from "./services.js"
import { removeSettings } from "./settings-secret.js"
import type { SwarmPlace } from "./swarm-place.js"

/**
 * Ends and removes what runs in a colour that the front does not lead to.
 * @throws when the front leads there
 */
export async function removeIdle(place: SwarmPlace, colour: Colour, signal: AbortSignal): Promise<void> {
  const serving = (await frontLabels(place)) && (await frontColour(place, await frontContainer(place)))
  if (serving === colour)
    throw new Error(
      `expected a colour that does not serve, received ${colour}; switch to the other one first`,
    )
  await removeColour(place, colour, signal)
}

/** Ends what runs in a colour and removes it; when the signal's time is up without waiting. */
export async function removeColour(place: SwarmPlace, colour: Colour, signal: AbortSignal): Promise<void> {
  await removeServices(place, await servicesWith(place, { [LABEL.colour]: colour }), signal)
  for (const part of PARTS)
    await removeContainers(place, { [SERVICE_LABEL]: partName(place.stack, part, colour) })
  await removeSettings(place, { [LABEL.colour]: colour })
}
