import { deadline } from "../../deadline.js"
import { graceSeconds } from "../../environment/settings/step-seconds.js"
import { otherColour, type Instance, type Order } from "../target.js"
import { frontColour } from "./front/colour.js"
import { ensureFront } from "./front/front.js"
import { LABEL } from "./labels.js"
import { PARTS } from "./names.js"
import { pulling } from "./registry-login.js"
import { removeColour } from "./remove.js"
import { imagesOf, partArgs } from "./service-arguments.js"
import { createSettings } from "./settings-secret.js"
import type { SwarmPlace } from "./swarm-place.js"

/** What starting is told beside the order. */
export interface StartOptions {
  readonly signal: AbortSignal
  readonly notice: (text: string) => void
}

/** Starts a release in the colour that the front does not lead to, which is emptied first. */
export async function startRelease(
  place: SwarmPlace,
  order: Order,
  { signal, notice }: StartOptions,
): Promise<Instance> {
  const images = imagesOf(order.release)
  const front = await ensureFront(place, { signal, notice, release: images.server.reference })
  const serving = await frontColour(place, front)
  const instance = { ...order, colour: otherColour(serving && { colour: serving }) }
  signal.throwIfAborted()
  await removeColour(place, instance.colour, withGrace(place, signal))
  signal.throwIfAborted()
  const secret = await createSettings(place, order, { [LABEL.colour]: instance.colour })
  const { stack, settings } = place
  for (const part of PARTS) {
    const args = partArgs(part, { stack, settings, instance, secret })
    const { reference } = images[part]
    await pulling(place, ["service", "create", "--detach", "--quiet", ...args], { reference, signal })
  }
  return instance
}

/** What an earlier deploy left may end as something that served. */
function withGrace({ settings }: SwarmPlace, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, deadline(graceSeconds(settings) * 1000)])
}
