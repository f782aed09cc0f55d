import { namesOf, SANITIZED } from "../backup/names.js"
import type { Store } from "./store.js"

const DUMP = ".dump"
const ENCRYPTED = ".dump.age"

/** The file of a dump. */
export const dumpFile = (name: string, isEncrypted: boolean) => name + (isEncrypted ? ENCRYPTED : DUMP)
/** Whether a dump's file is encrypted. */
export const isEncryptedFile = (file: string) => file.endsWith(ENCRYPTED)

/** The name of the backup whose dump a file is; undefined for every other file. */
export function nameOfDump(file: string): string | undefined {
  const ending = [ENCRYPTED, DUMP].find((each) => file.endsWith(each))
  return ending && file.slice(0, -ending.length)
}

/** The file of a backup's dump in a store; undefined when there is none. */
export async function findDump(store: Store, name: string): Promise<string | undefined> {
  return (await store.list()).find((file) => nameOfDump(file) === name)
}

/** The backups of an environment in a store, oldest first. */
export async function dumpsOf(environment: string, store: Store): Promise<string[]> {
  return namesOf(environment, await namesIn(store))
}

/** The sanitized copies in a store, of whichever environment. */
export async function sanitizedIn(store: Store): Promise<string[]> {
  return (await namesIn(store)).filter((name) => name.startsWith(SANITIZED)).sort()
}

async function namesIn(store: Store): Promise<string[]> {
  const names = (await store.list()).map(nameOfDump).filter((name) => name !== undefined)
  return [...new Set(names)]
}

/** Removes a backup: its manifest last, so that what is left of a killed removal is found again. */
export async function removeDump(store: Store, name: string): Promise<void> {
  for (const isEncrypted of [false, true]) await store.remove(dumpFile(name, isEncrypted))
  await store.remove(`${name}.json`)
}
