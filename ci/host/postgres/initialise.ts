import { randomBytes } from "node:crypto"
import { chown, mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import type { Account } from "./account.js"
import { complaint } from "./complaint.js"
import { processOptions, type Programs } from "./programs.js"

/** The data directory within a folder of `initialise`. */
export const dataOf = (folder: string) => join(folder, "data")

/** The superuser's password within a folder of `initialise`; readable by its account alone. */
export const passwordFileOf = (folder: string) => join(folder, "password")

/**
 * Makes a folder with a new data directory and a new password.
 * @param flags of initdb, beside those that every data directory here has
 * @returns the password of the superuser `postgres`
 * @throws with what initdb said
 */
export async function initialise(
  folder: string,
  programs: Programs,
  flags: readonly string[] = [],
): Promise<string> {
  await mkdir(folder, { mode: 0o700 })
  const password = randomBytes(18).toString("base64url")
  await writeFile(passwordFileOf(folder), password, { mode: 0o600 })
  if (programs.owner) for (const path of [folder, passwordFileOf(folder)]) await given(path, programs.owner)
  const own = ["--username=postgres", "--auth=password", "--encoding=UTF8", "--no-locale", ...flags]
  const files = [`--pgdata=${dataOf(folder)}`, `--pwfile=${passwordFileOf(folder)}`]
  const options = { ...processOptions(programs, folder), all: true, reject: false } as const
  const { failed, all } = await execa(programs.initdb, [...files, ...own], options)
  if (failed) throw new Error(`PostgreSQL could not be initialised in ${folder}: ${complaint(all)}\n${all}`)
  return password
}

async function given(path: string, { uid, gid }: Account): Promise<void> {
  await chown(path, uid, gid).catch((cause: unknown) => {
    const instead = "run as an ordinary user, or set TEST_DATABASE_URL to a PostgreSQL of yours"
    const expected = `expected root to have the account nobody (${uid}) for PostgreSQL, which refuses root`
    throw new Error(`${expected}; got ${(cause as Error).message}; ${instead}`, { cause })
  })
}
