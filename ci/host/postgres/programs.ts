import type { Scratch } from "../reaper/scratch.js"
import { account, type Account } from "./account.js"
import { binaries, type Binaries } from "./binaries.js"

/** The programs of PostgreSQL, and the account that runs them. */
export interface Programs extends Binaries {
  /** Absent when this process's own account runs them. */
  readonly owner: Account | undefined
}

/**
 * Makes PostgreSQL ready to start. What is made for it goes with the run.
 * @throws when there is none for this platform
 */
export async function programs(scratch: Scratch): Promise<Programs> {
  const owner = account()
  return { ...(await binaries(scratch.folder, owner !== undefined)), owner }
}

/** Options of a process of PostgreSQL's in a folder: in a group of its own, which the reaper ends. */
export function processOptions({ owner, environment }: Programs, folder: string) {
  return { ...owner, cwd: folder, env: environment, detached: true, cleanup: false } as const
}
