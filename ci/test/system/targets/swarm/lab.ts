import { isIP } from "node:net"
import { beforeEach, expect, vi } from "vitest"
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
  const gateway = await vi.waitFor(gatewayAddress, { timeout: 30_000, interval: 100 })
  const leave = async () => {
    if (made.exitCode === 0) await docker(["swarm", "leave", "--force"])
  }
  return { gateway, leave }
}

/** Docker makes this network, and gives it its address, a moment after it has become a swarm for the first time. */
async function gatewayAddress(): Promise<string> {
  const format = ["--format", "{{(index .IPAM.Config 0).Gateway}}"]
  const { stdout } = await docker(["network", "inspect", ...format, "docker_gwbridge"])
  expect(isIP(stdout), "the gateway of docker_gwbridge").not.toBe(0)
  return stdout
}
