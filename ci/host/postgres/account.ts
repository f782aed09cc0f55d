import { execFileSync } from "node:child_process"

/** The ids of the account that runs PostgreSQL; absent when the run's own account does. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. Root lends it the account `nobody`, which every Linux and macOS has,
 * instead of leaving a new account behind.
 */
export function account(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }))
  return { uid: id("-u"), gid: id("-g") }
}
