import { labelArgs } from "./labels.js"
import { stackLabels } from "./service-arguments.js"
import type { SwarmPlace } from "./swarm-place.js"

/** Makes the environment's network, in which everything of it finds everything else; nothing when it is there. */
export async function ensureNetwork({ docker, stack, settings }: SwarmPlace): Promise<void> {
  const found = await docker(["network", "inspect", stack], { mayFail: true })
  if (found.exitCode === 0) return
  const labels = labelArgs(stackLabels(stack, settings.environment))
  await docker(["network", "create", "--driver", "overlay", "--attachable", ...labels, stack])
}
