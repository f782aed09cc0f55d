import { randomBytes } from "node:crypto"
import { join } from "node:path"
import type { Scratch } from "../reaper/scratch.js"
import { initialise } from "./initialise.js"
import { programs } from "./programs.js"
import { start } from "./start.js"

/** A PostgreSQL of a run's own. */
export interface Cluster {
  /** `postgresql://` URL of the database `postgres`, as a superuser; holds a password made for this cluster. */
  readonly url: string
  /** The password within `url`, for whoever redacts. */
  readonly password: string
}

/** Where nothing has to survive, nothing has to reach the disk. */
const THROWAWAY = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]

/**
 * Starts a PostgreSQL in the run's folder, on a free port of 127.0.0.1, and returns when it takes connections.
 * It ends, and its files go, with the run.
 * @throws when it can't be started, with what PostgreSQL said
 */
export async function startPostgres(scratch: Scratch): Promise<Cluster> {
  const folder = join(scratch.folder, `postgres-${randomBytes(3).toString("hex")}`)
  const found = await programs(scratch)
  const password = await initialise(folder, found, ["--no-sync"])
  const { port } = await start(scratch, { folder, programs: found, settings: THROWAWAY })
  return { url: superuserUrl(port, password), password }
}

/** URL of the database `postgres` of a PostgreSQL on this machine, as its superuser. */
export function superuserUrl(port: number, password: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}
