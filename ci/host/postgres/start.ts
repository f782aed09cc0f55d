import { execa } from "execa"
import type { Scratch } from "../reaper/scratch.js"
import { freePort } from "../free-port.js"
import { dataOf } from "./initialise.js"
import { processOptions, type Programs } from "./programs.js"
import { ready } from "./ready.js"

const SETTINGS = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"]
const PORT_TRIES = 5

/** A PostgreSQL that takes connections. */
export interface StartedPostgres {
  readonly port: number
  /** The leader of its process group. */
  readonly pid: number
  /** Settled when it has ended. */
  readonly ended: Promise<unknown>
}

/** What is started. */
interface Start {
  /** As `initialise` made it. */
  readonly folder: string
  readonly programs: Programs
  /** `name=value`, beside those that every PostgreSQL here has. */
  readonly settings: readonly string[]
}

/**
 * Starts PostgreSQL on a free port of 127.0.0.1 and returns when it takes connections. It ends with the run.
 * @throws when it can't be started, with what PostgreSQL said
 */
export async function start(
  scratch: Scratch,
  { folder, programs, settings }: Start,
): Promise<StartedPostgres> {
  const flags = [...SETTINGS, ...settings].flatMap((setting) => ["-c", setting])
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const args = ["-D", dataOf(folder), "-p", `${port}`, ...flags]
    const server = execa(programs.postgres, args, { ...processOptions(programs, folder), reject: false })
    if (server.pid !== undefined) scratch.started(server.pid, "database")
    if ((await ready(server, attempt < PORT_TRIES)) === "port taken") continue
    return { port, pid: server.pid ?? 0, ended: Promise.resolve(server) }
  }
}
