import { randomBytes } from "node:crypto"
import { chown, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import type { Scratch } from "../reaper/scratch.js"
import { account, type Account } from "./account.js"
import { binaries } from "./binaries.js"
import { freePort } from "../free-port.js"
import { complaint } from "./complaint.js"
import { ready } from "./ready.js"

/** A PostgreSQL of a run's own. */
export interface Cluster {
  /** `postgresql://` URL of the database `postgres`, as a superuser; holds a password made for this cluster. */
  readonly url: string
  /** The password within `url`, for whoever redacts. */
  readonly password: string
}

/** Where nothing has to survive, nothing has to reach the disk. */
const THROWAWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=200",
  ...THROWAWAY,
]
const PORT_TRIES = 5

/**
 * Starts a PostgreSQL in the run's folder, on a free port of 127.0.0.1, and returns when it takes connections.
 * It ends, and its files go, with the run.
 * @throws when it can't be started, with what PostgreSQL said
 */
export async function startPostgres(scratch: Scratch): Promise<Cluster> {
  const folder = join(scratch.folder, `postgres-${randomBytes(3).toString("hex")}`)
  const owner = account()
  await mkdir(folder, { mode: 0o700 })
  if (owner) await given(folder, owner)
  const programs = await binaries(scratch.folder, owner !== undefined)
  const options = {
    ...owner,
    cwd: folder,
    env: programs.environment,
    detached: true,
    cleanup: false,
  } as const

  const password = randomBytes(18).toString("base64url")
  await initialise(programs.initdb, { folder, password, options })
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const server = execa(programs.postgres, ["-D", join(folder, "data"), "-p", `${port}`, ...settings()], {
      ...options,
      reject: false,
    })
    if (server.pid !== undefined) scratch.started(server.pid, "database")
    if ((await ready(server, attempt < PORT_TRIES)) === "port taken") continue
    return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, password }
  }
}

async function given(folder: string, { uid, gid }: Account): Promise<void> {
  await chown(folder, uid, gid).catch((cause: unknown) => {
    const instead = "run as an ordinary user, or set TEST_DATABASE_URL to a PostgreSQL of yours"
    const expected = `expected root to have the account nobody (${uid}) for PostgreSQL, which refuses root`
    throw new Error(`${expected}; got ${(cause as Error).message}; ${instead}`, { cause })
  })
}

const settings = () => SETTINGS.flatMap((setting) => ["-c", setting])

interface Initialisation {
  readonly folder: string
  readonly password: string
  readonly options: object
}

async function initialise(initdb: string, { folder, password, options }: Initialisation): Promise<void> {
  const passwordFile = join(folder, "password")
  await writeFile(passwordFile, password)
  const flags = ["--username=postgres", "--auth=password", "--encoding=UTF8", "--no-locale", "--no-sync"]
  const files = [`--pgdata=${join(folder, "data")}`, `--pwfile=${passwordFile}`]
  const { failed, all } = await execa(initdb, [...files, ...flags], { ...options, all: true, reject: false })
  if (failed) throw new Error(`PostgreSQL could not be initialised in ${folder}: ${complaint(all)}\n${all}`)
}
