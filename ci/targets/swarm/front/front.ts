import { createHash } from "node:crypto"
import { LABEL } from "../labels.js"
import { frontName, uniqueName } from "../names.js"
import { ensureNetwork } from "../network.js"
import { removeServices } from "../remove-services.js"
import type { SwarmPlace } from "../swarm-place.js"
import { configurations, createConfiguration, removeConfigurations } from "./configurations.js"
import { newFront, runningFront } from "./container.js"
import { createFrontArgs, updateFrontArgs, type FrontPlan } from "./front-arguments.js"
import { frontImage, pullFrontImage } from "./front-image.js"
import { frontConfiguration } from "./nginx-conf.js"
import { expectHere } from "./here.js"
import { frontLabels } from "./own.js"
import { placement } from "./placement.js"

const UNDO_MS = 30_000

/** What making a front is told. */
export interface FrontOptions {
  readonly signal: AbortSignal
  /** Told when it is replaced, which breaks connections for a moment. */
  readonly notice: (text: string) => void
  /** The reference of an image of the release that is started. */
  readonly release: string
}

/**
 * Makes the environment's front, or replaces one that was made otherwise; nothing when it is as it should be. When the new
 * one does not run, the one of before is put back.
 * @returns the id of its container
 */
export async function ensureFront(place: SwarmPlace, options: FrontOptions): Promise<string> {
  const before = (await frontLabels(place))?.[LABEL.front]
  const wanted = fingerprint(place)
  const running = before === undefined ? undefined : await runningFront(place)
  if (running !== undefined && before === wanted) return running
  // One that does not run is made anew, however it was made: its node may have another id by now.
  if (before !== undefined && running === undefined) await expectHere(place)
  await pullFrontImage(place, options.release, options.signal)
  await ensureNetwork(place)
  const plan = await planFront(place, wanted)
  if (before === undefined) await place.docker(createFrontArgs(plan))
  else await replaceFront(place, { plan, before }, options)
  try {
    return await newFront(place, wanted)
  } catch (error) {
    await undo(place, before).catch(() => undefined)
    throw error
  } finally {
    await removeConfigurations(place)
  }
}

/** Of nothing secret: two fronts with the same one are the same. */
function fingerprint(place: SwarmPlace): string {
  const parts = [frontImage(place), place.settings.FRONT_PORT, frontConfiguration(place.stack)]
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16)
}

async function planFront(place: SwarmPlace, wanted: string): Promise<FrontPlan> {
  const { stack, node, settings } = place
  const configuration = uniqueName(frontName(stack))
  await createConfiguration(place, configuration)
  const { environment, FRONT_PORT: port } = settings
  return { stack, environment, port, image: frontImage(place), node, configuration, fingerprint: wanted }
}

async function replaceFront(
  place: SwarmPlace,
  { plan, before }: { readonly plan: FrontPlan; readonly before: string },
  { notice }: FrontOptions,
): Promise<void> {
  const isSame = before === plan.fingerprint
  const why = isSame ? "it does not run" : "its image, port or configuration has changed"
  notice(`${frontName(place.stack)} is replaced: ${why}`)
  const there = { configurations: await configurations(place), ...(await placement(place)) }
  await place.docker(updateFrontArgs(plan, there))
}

/** @param before the fingerprint of the front of before; undefined when there was none */
async function undo(place: SwarmPlace, before: string | undefined): Promise<void> {
  const name = frontName(place.stack)
  if (before === undefined) return removeServices(place, [name], AbortSignal.timeout(UNDO_MS))
  await place.docker(["service", "rollback", "--detach", "--quiet", name], { mayFail: true })
  await newFront(place, before)
}
