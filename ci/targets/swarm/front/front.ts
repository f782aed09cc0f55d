import { createHash } from "node:crypto"
import { project } from "../../../pipeline/project.js"
import { filterArgs, LABEL, labelArgs } from "../labels.js"
import { frontName, uniqueName } from "../names.js"
import { ensureNetwork } from "../network.js"
import { pulling } from "../registry-login.js"
import { stackLabels } from "../service-arguments.js"
import { serviceLabels } from "../services.js"
import type { SwarmPlace } from "../swarm-place.js"
import { createFrontArgs, updateFrontArgs, type FrontPlan } from "./front-arguments.js"
import { frontContainer } from "./container.js"
import { frontConfiguration } from "./nginx-conf.js"

/**
 * Makes the environment's front, or replaces one that was made otherwise; nothing when it is as it should be.
 * @param notice told when it is replaced, which breaks connections for a moment
 * @returns the id of its container
 */
export async function ensureFront(place: SwarmPlace, notice: (text: string) => void): Promise<string> {
  const labels = await serviceLabels(place, frontName(place.stack))
  const wanted = fingerprint(place)
  if (labels?.[LABEL.front] === wanted) return frontContainer(place)
  await ensureNetwork(place)
  const plan = { ...(await planFront(place)), fingerprint: wanted }
  if (labels) notice(`${frontName(place.stack)} is replaced: its image, port or configuration has changed`)
  const args = labels ? updateFrontArgs(plan, await configurations(place)) : createFrontArgs(plan)
  await pulling(place, args, { reference: plan.image })
  const container = await frontContainer(place, wanted)
  await removeConfigurations(place, plan.configuration)
  return container
}

const imageOf = ({ settings }: SwarmPlace) => settings.FRONT_IMAGE ?? project.bases.nginx

/** Of nothing secret: two fronts with the same one are the same. */
function fingerprint(place: SwarmPlace): string {
  const parts = [imageOf(place), place.settings.FRONT_PORT, frontConfiguration(place.stack)]
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16)
}

async function planFront(place: SwarmPlace): Promise<Omit<FrontPlan, "fingerprint">> {
  const { docker, stack, node, settings } = place
  const configuration = uniqueName(frontName(stack))
  const labels = labelArgs(stackLabels(stack, settings.environment))
  const input = frontConfiguration(stack)
  await docker(["config", "create", ...labels, configuration, "-"], { input })
  const { environment, FRONT_PORT: port } = settings
  return { stack, environment, port, image: imageOf(place), node, configuration }
}

/** The names of the configurations of fronts of this environment, used or not. */
async function configurations({ docker, stack }: SwarmPlace): Promise<string[]> {
  const { stdout } = await docker([
    ...["config", "ls", "--format", "{{.Name}}"],
    ...filterArgs({ [LABEL.stack]: stack }),
  ])
  return stdout.split("\n").filter(Boolean)
}

async function removeConfigurations(place: SwarmPlace, used: string): Promise<void> {
  const names = (await configurations(place)).filter((name) => name !== used)
  // Swarm lets go of one a moment after the front that used it.
  if (names.length > 0) await place.docker(["config", "rm", ...names], { mayFail: true })
}
