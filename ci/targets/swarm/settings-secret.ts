import { serverVariables } from "../server-variables.js"
import type { Order } from "../target.js"
import { dotenvDocument } from "./dotenv-document.js"
import { filterArgs, labelArgs } from "./labels.js"
import { uniqueName } from "./names.js"
import { stackLabels } from "./service-arguments.js"
import type { SwarmPlace } from "./swarm-place.js"

type Labels = Readonly<Record<string, string>>

/**
 * Puts the server's settings into a docker secret; they go through docker's standard input.
 * @param labels by which it is found and removed
 * @returns its name
 */
export async function createSettings(place: SwarmPlace, order: Order, labels: Labels): Promise<string> {
  const { docker, stack, settings } = place
  const name = uniqueName(`${stack}-settings`)
  const all = labelArgs({ ...stackLabels(stack, settings.environment), ...labels })
  await docker(["secret", "create", ...all, name, "-"], {
    input: dotenvDocument(serverVariables(settings, order)),
  })
  return name
}

/** Removes the settings that have these labels and that no service uses any more. */
export async function removeSettings({ docker, stack, settings }: SwarmPlace, labels: Labels): Promise<void> {
  const filters = filterArgs({ ...stackLabels(stack, settings.environment), ...labels })
  const { stdout } = await docker(["secret", "ls", "--quiet", ...filters])
  const ids = stdout.split("\n").filter(Boolean)
  if (ids.length > 0) await docker(["secret", "rm", ...ids], { mayFail: true })
}
