import { filterArgs, LABEL, labelArgs } from "../labels.js"
import { stackLabels } from "../service-arguments.js"
import type { SwarmPlace } from "../swarm-place.js"
import { frontConfiguration } from "./nginx-conf.js"

/** Stores the configuration of a front of this environment as a docker config, which can't be changed later. */
export async function createConfiguration(
  { docker, stack, settings }: SwarmPlace,
  name: string,
): Promise<void> {
  const labels = labelArgs(stackLabels(stack, settings.environment))
  await docker(["config", "create", ...labels, name, "-"], { input: frontConfiguration(stack) })
}

/** The names of the configurations of fronts of this environment, used or not. */
export async function configurations({ docker, stack }: SwarmPlace): Promise<string[]> {
  const { stdout } = await docker([
    ...["config", "ls", "--format", "{{.Name}}"],
    ...filterArgs({ [LABEL.stack]: stack }),
  ])
  return stdout.split("\n").filter(Boolean)
}

/** Removes those that no front uses any more. */
export async function removeConfigurations(place: SwarmPlace): Promise<void> {
  // One at a time: docker refuses what is in use. Swarm lets go of one a moment after the front that used it.
  for (const name of await configurations(place))
    await place.docker(["config", "rm", name], { mayFail: true })
}
