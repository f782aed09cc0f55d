import { z } from "zod"
import type { SwarmSettings } from "../../environment/settings/settings.js"
import { connect, type Connection } from "./connection.js"
import { dockerCaller, DockerError, type Docker } from "./docker-call.js"
import { stackName } from "./names.js"
import type { SwarmPlace } from "./swarm-place.js"

const Swarm = z.object({ NodeID: z.string(), ControlAvailable: z.literal(true) })

/**
 * The way to an environment's place in its swarm.
 * @throws when no manager of a swarm answers
 */
export async function openPlace(
  settings: SwarmSettings,
): Promise<{ place: SwarmPlace; connection: Connection }> {
  const connection = connect(settings)
  try {
    const docker = dockerCaller(connection.environment)
    const node = await manager(docker, settings.DOCKER_HOST ?? "this machine's Docker")
    return { place: { settings, stack: stackName(settings), node, docker }, connection }
  } catch (error) {
    await connection.close()
    throw error
  }
}

async function manager(docker: Docker, where: string): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(["info", "--format", "{{json .Swarm}}"], {
    mayFail: true,
  })
  const swarm = Swarm.safeParse(exitCode === 0 ? JSON.parse(stdout) : undefined)
  if (swarm.success) return swarm.data.NodeID
  const received = exitCode === 0 ? "a daemon that manages none; run docker swarm init there" : stderr.trim()
  throw new DockerError(`expected ${where} to be a manager of a swarm, received ${received}`)
}
