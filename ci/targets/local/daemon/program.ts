import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { allowed } from "../../../pipeline/environment.js"
import { filled } from "../../../pipeline/facts.js"
import { project } from "../../../pipeline/project.js"
import { isBuilt, revision, type Deployable } from "../../../release/deployable.js"
import type { Order } from "../../target.js"
import type { Places } from "../places.js"
import { LocalFailure } from "../failure.js"

/** A process, as data. */
export interface Program {
  readonly argv: readonly [string, ...string[]]
  /** Absolute. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
}

/** What all processes of the daemon have around them. */
export interface Surroundings {
  readonly places: Places
  readonly databaseUrl: string
  /** Where everybody reaches the environment. */
  readonly publicUrl: () => string
  /** Goes with the daemon. Processes are known by it. */
  readonly temporary: string
}

/** An order with the variables of its environment. */
export interface Ordered extends Order {
  readonly variables: Readonly<Record<string, string>>
}

/**
 * Where a build is.
 * @throws when the release is no build of a machine
 */
export function buildFolder({ releases }: Places, release: Deployable): string {
  if (isBuilt(release)) return join(releases, release.build)
  throw new LocalFailure(
    "expected a build of this machine, received a record of images; leave --release away, or deploy to a target that runs images",
  )
}

/** The server of a release. */
export function serverProgram(ordered: Ordered, port: number, around: Surroundings): Program {
  return serverFolderProgram(ordered, [process.execPath, "dist/main.js"], {
    ...around,
    own: { HOST: "127.0.0.1", PORT: `${port}` },
  })
}

/** A command that runs once in the folder of a release's server. */
export function oneOffProgram(ordered: Ordered, argv: readonly string[], around: Surroundings): Program {
  const [file = "", ...args] = argv
  return serverFolderProgram(ordered, [file, ...args], around)
}

function serverFolderProgram(
  { release, variables }: Ordered,
  argv: Program["argv"],
  { places, databaseUrl, publicUrl, temporary, own }: Surroundings & { own?: Record<string, string> },
): Program {
  const environment = {
    ...callers(temporary),
    DEFAULT_CONNECTOR: "sandbox",
    CORS_ORIGINS: publicUrl(),
    ...variables,
    // A developer's own .env stays out of what is deployed.
    DOTENV_CONFIG_PATH: "/dev/null",
    DATABASE_URL: databaseUrl,
    COMMIT: revision(release),
    ...own,
  }
  return { argv, folder: join(buildFolder(places, release), "server"), environment }
}

/** The client of a release, with the server at the same address. */
export function clientProgram(
  { release }: Order,
  port: number,
  { places, temporary }: Surroundings,
): Program {
  const program = fileURLToPath(new URL("../serve-client.mjs", import.meta.url))
  const folder = join(buildFolder(places, release), "client")
  const { path, body } = project.client.config
  const config = filled(body, { serverUrl: "" }) ?? ""
  const argv = [process.execPath, program, folder, `${port}`, path, config] as const
  return { argv: [...argv], folder, environment: callers(temporary) }
}

/** A command of npm's finds the checkout's programs, and downloads none. */
function callers(temporary: string): Record<string, string> {
  const own = allowed(process.env)
  const bin = fileURLToPath(new URL("../../../../node_modules/.bin", import.meta.url))
  const path = [bin, own["PATH"]].filter(Boolean).join(delimiter)
  return { ...own, PATH: path, TMPDIR: temporary, npm_config_offline: "true", npm_config_yes: "false" }
}
