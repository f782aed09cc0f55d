import type { SwarmSettings } from "../../environment/settings/settings.js"
import type { Instance, Switched, Target } from "../target.js"
import { connect, type Connection } from "./connection.js"
import { dockerCaller } from "./docker-call.js"
import { frontContainer } from "./front/container.js"
import { switchFront } from "./front/switch.js"
import { askInstance, reachable } from "./instance.js"
import { instanceFault, instanceLogs } from "./last-words.js"
import { stackName } from "./names.js"
import { runOnce } from "./one-off.js"
import { postgresPrograms } from "./postgres.js"
import { removeIdle } from "./remove.js"
import { servingInstance } from "./serving.js"
import { startRelease } from "./start.js"
import type { SwarmPlace } from "./swarm-place.js"

/**
 * An environment in a Docker Swarm, driven through docker's command line.
 * @param notice told what a person should know while a release is started
 * @throws when no manager of a swarm answers
 */
export async function swarmTarget(
  settings: SwarmSettings,
  notice: (text: string) => void = () => undefined,
): Promise<Target> {
  const connection = connect(settings)
  const place = { settings, stack: stackName(settings), docker: dockerCaller(connection.environment) }
  try {
    await expectManager(place)
  } catch (error) {
    await connection.close()
    throw error
  }
  return target({ place, connection, notice })
}

interface Parts {
  readonly place: SwarmPlace
  readonly connection: Connection
  readonly notice: (text: string) => void
}

function target({ place, connection, notice }: Parts): Target {
  const { settings } = place
  return {
    name: "swarm",
    carries: new Set(),
    publicUrl: settings.PUBLIC_URL,
    databaseUrl: settings.DEPLOY_DATABASE_URL ?? settings.DATABASE_URL,
    postgres: postgresPrograms(place),
    serving: () => servingInstance(place),
    run: (order, command, signal) => runOnce(place, { order, command }, signal),
    start: (order, signal) => startRelease(place, order, { signal, notice }),
    ask: (instance, path, signal) => askInstance(place, instance, { path, signal }),
    fault: (instance) => instanceFault(place, instance),
    switchTo: (instance, signal) => switchTo({ place, connection }, instance, signal),
    remove: (colour, signal) => removeIdle(place, colour, signal),
    logs: (instance) => instanceLogs(place, instance),
    close: connection.close,
  }
}

async function switchTo(
  { place, connection }: Omit<Parts, "notice">,
  instance: Instance,
  signal: AbortSignal,
): Promise<Switched> {
  await reachable(place, instance, signal)
  const { environment } = connection
  const container = await frontContainer(place)
  return switchFront({ container, environment }, instance.colour, signal)
}

async function expectManager({ docker, settings }: SwarmPlace): Promise<void> {
  const answer = await docker(["info", "--format", "{{.Swarm.ControlAvailable}}"], { mayFail: true })
  if (answer.exitCode === 0 && answer.stdout === "true") return
  const where = settings.DOCKER_HOST ?? "this machine's Docker"
  const received = answer.stderr.trim() || "a daemon that manages none"
  throw new Error(
    `expected ${where} to be a manager of a swarm, received: ${received}; run docker swarm init there`,
  )
}
