import { graceSeconds } from "../../environment/settings/step-seconds.js"
import type { SwarmSettings } from "../../environment/settings/settings.js"
import type { Deployable } from "../../release/deployable.js"
import { isBuilt, shortRevision } from "../../release/deployable.js"
import type { ReleaseRecord } from "../../release/record.js"
import type { Instance } from "../target.js"
import { instanceLabels, LABEL, labelArgs } from "./labels.js"
import { partName, type Part } from "./names.js"

/** Where the settings are in a container of the server; dotenv's own variable leads the server and Prisma there. */
const SETTINGS_FILE = "/run/secrets/settings"

/** How every container of a stack runs: with nothing that it does not need. */
export const HARDENED = ["--read-only", "--cap-drop", "ALL", "--mount", "type=tmpfs,target=/tmp"]

/** Without virtual addresses, so that a kernel without ip_vs will do. */
export const onNetwork = (stack: string) => ["--network", stack, "--endpoint-mode", "dnsrr"]

/** Labels of what belongs to an environment. */
export const stackLabels = (stack: string, environment: string) => ({
  [LABEL.stack]: stack,
  [LABEL.environment]: environment,
})

/** Arguments of docker that give the server's settings to a service. */
export const withSettings = (secret: string) => [
  ...["--secret", `source=${secret},target=settings`],
  ...["--env", `DOTENV_CONFIG_PATH=${SETTINGS_FILE}`],
]

/** @throws when it is a build of one machine, which nobody else can run */
export function imagesOf(release: Deployable): ReleaseRecord["images"] {
  if (!isBuilt(release)) return release.images
  throw new Error(
    `expected a release record with images, received the build ${shortRevision(release)} of a machine; ` +
      "publish the commit and deploy its record",
  )
}

/** What a service of an instance is made of. */
export interface PartOrder {
  readonly stack: string
  readonly settings: SwarmSettings
  readonly instance: Instance
  /** The docker secret that holds the server's settings. */
  readonly secret: string
}

/** Arguments of docker that create the service of one part of an instance, without those that log in. */
export function partArgs(part: Part, { stack, settings, instance, secret }: PartOrder): string[] {
  const { reference } = imagesOf(instance.release)[part]
  const replicas = part === "server" ? settings.SERVER_REPLICAS : settings.CLIENT_REPLICAS
  const labels = { ...stackLabels(stack, settings.environment), ...instanceLabels(instance) }
  return [
    ...["--name", partName(stack, part, instance.colour), "--replicas", String(replicas)],
    ...labelArgs(labels),
    ...onNetwork(stack),
    ...HARDENED,
    ...["--restart-condition", "any", "--restart-delay", "2s"],
    ...["--stop-grace-period", `${graceSeconds(settings)}s`],
    // Swarm gives a container its name in the network once it is healthy, so it looks often; and kills one that is not for
    // long, so it is patient: while the database is away no server is ready, and none would be the better for an end.
    ...["--health-interval", "2s", "--health-retries", "150"],
    ...(part === "server" ? withSettings(secret) : ["--env", "API_BASE_URL="]),
    reference,
  ]
}
