import type { SwarmSettings } from "../../environment/settings/settings.js"
import { stepSeconds } from "../../environment/settings/step-seconds.js"
import type { Instance, Switched, Target } from "../target.js"
import type { Connection } from "./connection.js"
import { frontContainer } from "./front/container.js"
import { switchFront } from "./front/switch.js"
import { askInstance, reachable } from "./instance.js"
import { instanceFault, instanceLogs } from "./last-words.js"
import { runOnce } from "./one-off.js"
import { openPlace } from "./open-place.js"
import { postgresPrograms } from "./postgres.js"
import { removeIdle } from "./remove.js"
import { servingInstance, settledInstance } from "./serving.js"
import { startRelease } from "./start.js"
import type { SwarmPlace } from "./swarm-place.js"

/** What a deploy may take beside its smoke test until it keeps its switch. */
const SPARE_SECONDS = 60

/**
 * An environment in a Docker Swarm, driven through docker's command line.
 * @param notice told what a person should know while a release is started
 * @throws when no manager of a swarm answers
 */
export async function swarmTarget(
  settings: SwarmSettings,
  notice: (text: string) => void = () => undefined,
): Promise<Target> {
  const { place, connection } = await openPlace(settings)
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
    settled: () => settledInstance(place),
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
  const seconds = stepSeconds(place.settings, "smoke") + SPARE_SECONDS
  return switchFront({ container, environment }, { colour: instance.colour, seconds }, signal)
}
