import { filterArgs } from "./labels.js"
import type { SwarmPlace } from "./swarm-place.js"

/** What swarm itself writes on the containers of a service. */
export const SERVICE_LABEL = "com.docker.swarm.service.name"

/**
 * Removes containers with these labels from the node that docker is called on, running or not. Swarm leaves those of a
 * job behind for ever, and with them what they printed.
 */
export async function removeContainers(
  { docker }: SwarmPlace,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  const { stdout } = await docker(["ps", "--all", "--quiet", ...filterArgs(labels)])
  const ids = stdout.split("\n").filter(Boolean)
  if (ids.length > 0) await docker(["rm", "--force", ...ids], { mayFail: true })
}
