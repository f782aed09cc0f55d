import { beforeEach } from "vitest"
import { docker, noDocker } from "../../docker/docker.js"
import { withoutRegistry } from "../../registry/registry.js"

/** Why nothing is tested on a swarm here; `undefined` when it is. */
export const noSwarm = noDocker ?? withoutRegistry
if (noSwarm !== undefined) console.warn(`the target swarm is not tested: ${noSwarm}`)

/** Skips every test of a file where there can be no swarm. */
export function skipWithoutSwarm(): void {
  beforeEach((context) => context.skip(noSwarm !== undefined, noSwarm))
}

/** A swarm of this machine alone. */
export interface Lab {
  /** Where containers of the swarm reach this machine. */
  readonly gateway: string
  /** Leaves the swarm, if it was made for these tests. */
  readonly leave: () => Promise<void>
}

/** Makes this machine's Docker a swarm, unless it is one. */
export async function lab(): Promise<Lab> {
  const made = await docker(["swarm", "init", "--advertise-addr", "127.0.0.1"])
  if (made.exitCode !== 0 && !made.stderr.includes("already part of a swarm")) throw new Error(made.stderr)
  const format = ["--format", "{{(index .IPAM.Config 0).Gateway}}"]
  const { stdout: gateway } = await docker(["network", "inspect", ...format, "docker_gwbridge"])
  const leave = async () => {
    if (made.exitCode === 0) await docker(["swarm", "leave", "--force"])
  }
  return { gateway, leave }
}
