import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import type { Scratch } from "../reaper/scratch.js"
import { superuserUrl, type Cluster } from "./cluster.js"
import { initialise, passwordFileOf } from "./initialise.js"
import type { Programs } from "./programs.js"
import { start } from "./start.js"

/** A PostgreSQL whose data outlives it. */
export interface LastingCluster extends Cluster {
  /** Settled when it has ended. */
  readonly ended: Promise<unknown>
  /** Ends its connections and it, cleanly, and returns when it has ended. */
  stop(): Promise<void>
}

/** Another PostgreSQL works on the same data. */
export class DataInUse extends Error {}

/** Data, and what works on it. */
export interface Lasting {
  /** Absolute. */
  readonly folder: string
  readonly programs: Programs
}

/**
 * Starts a PostgreSQL on the data in a folder, which is made when it isn't there. It ends with the run; its data stays.
 * May be called again after it threw.
 * @throws DataInUse when another PostgreSQL has it, or is about to have it
 * @throws when it can't be started, with what PostgreSQL said
 */
export async function startLastingPostgres(
  scratch: Scratch,
  { folder, programs }: Lasting,
): Promise<LastingCluster> {
  if (!existsSync(folder)) await make(folder, programs)
  const password = await readFile(passwordFileOf(folder), "utf8")
  const { port, pid, ended } = await start(scratch, { folder, programs, settings: [] }).catch(inUse)
  await removeUnfinished(folder)
  let hasEnded = false
  void ended.then(() => (hasEnded = true))
  const stop = async () => {
    // The fast shutdown: connections are ended, all is written.
    if (!hasEnded) process.kill(pid, "SIGINT")
    await ended
    scratch.ended(pid)
  }
  return { url: superuserUrl(port, password), password, ended, stop }
}

const unfinished = (folder: string) => `${basename(folder)}.new-`

/** Made beside and renamed, so that half a data directory never bears the name, and the first of two makers wins. */
async function make(folder: string, found: Programs): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 })
  if (found.owner) await expectOpen(dirname(folder), folder)
  const beside = join(dirname(folder), unfinished(folder) + randomBytes(4).toString("hex"))
  try {
    await initialise(beside, found)
    await rename(beside, folder)
  } catch (error) {
    await rm(beside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** @throws when a folder above is closed to the account that runs PostgreSQL for root */
async function expectOpen(above: string, folder: string): Promise<void> {
  const { mode } = await stat(above)
  if ((mode & 0o001) === 0) {
    const expected = `expected ${folder} to be within reach of the account nobody, which runs PostgreSQL for root`
    const advice = `allow it (chmod o+x ${above}), use a checkout elsewhere, or an ordinary user`
    throw new Error(`${expected}; ${above} is closed to it; ${advice}`)
  }
  if (dirname(above) !== above) await expectOpen(dirname(above), folder)
}

/** Whoever still makes one is too late: the data has its PostgreSQL. It may write while this is removed. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(dirname(folder))
  const left = names.filter((name) => name.startsWith(unfinished(folder)))
  const options = { recursive: true, force: true, maxRetries: 3 }
  for (const name of left) await rm(join(dirname(folder), name), options).catch(() => undefined)
}

/** Also a moment before the other one has written its number there, and after it has ended, until its children have. */
const TAKEN = /lock file "postmaster\.pid" (already exists|is empty)|shared memory block .* still in use/

function inUse(error: unknown): never {
  const isTaken = error instanceof Error && TAKEN.test(error.message)
  throw isTaken ? new DataInUse("the data has a PostgreSQL already", { cause: error }) : error
}
