import { randomBytes } from "node:crypto"
import { readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"

const KEPT = 5
/** So old, a copy that was not finished belongs to nobody any more. */
const UNFINISHED_MS = 3_600_000

/** A folder of the releases. */
export interface Found {
  readonly name: string
  /** When it was built last, in milliseconds. */
  readonly time: number
}

/** The folders that are not kept: all but the newest releases and those in use. */
export function superfluous(found: readonly Found[], inUse: readonly string[], now: number): string[] {
  const isWhole = ({ name }: Found) => /^[a-f\d]{64}$/.test(name)
  const old = found
    .filter(isWhole)
    .sort((one, other) => other.time - one.time)
    .slice(KEPT)
  const unfinished = found.filter((each) => !isWhole(each) && now - each.time > UNFINISHED_MS)
  return [...old, ...unfinished].map(({ name }) => name).filter((name) => !inUse.includes(name))
}

/** Removes the releases that are not kept. */
export async function removeOld(releases: string, inUse: readonly string[]): Promise<void> {
  const names = await readdir(releases)
  const found = names.map(async (name) => ({ name, time: await changedAt(join(releases, name)) }))
  const old = superfluous(await Promise.all(found), inUse, Date.now())
  await Promise.all(old.map((name) => remove(releases, name)))
}

/** What another deploy has taken away meanwhile is as old as can be. */
async function changedAt(path: string): Promise<number> {
  return (await stat(path).catch(unlessGone))?.mtimeMs ?? 0
}

/** Another deploy may have been first. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error
}

/** Loses its name first: half a release never bears one. */
async function remove(releases: string, name: string): Promise<void> {
  const nameless = join(releases, `.old-${randomBytes(4).toString("hex")}`)
  await rename(join(releases, name), nameless).catch(unlessGone)
  await rm(nameless, { recursive: true, force: true })
}
