import { namesOf, parseBackupName } from "../backup/names.js"
import { copiesOf } from "../backup/template-copy.js"
import type { DataContext } from "../context.js"
import { dumpsOf, findDump, sanitizedIn } from "../store/dumps.js"
import { storeOf } from "../store/of-settings.js"
import type { Store } from "../store/store.js"

/** A backup that is there. */
export type Found =
  | { readonly kind: "dump"; readonly name: string; readonly store: Store; readonly file: string }
  | { readonly kind: "template copy"; readonly name: string }

/**
 * Finds a backup in the environment's store, or among the copies in its server.
 * @param wanted a backup's name; `latest` for the environment's newest
 * @throws naming those that there are
 */
export async function findBackup(context: DataContext, wanted: string): Promise<Found> {
  const { settings, target } = context
  const store = storeOf(settings, target.name)
  const name = wanted === "latest" ? (await ownNames(context, store)).at(-1) : wanted
  const file = name === undefined ? undefined : await findDump(store, name)
  if (name !== undefined && file !== undefined) return { kind: "dump", name, store, file }
  if (name !== undefined && (await isCopy(context, name))) return { kind: "template copy", name }
  const names = [...(await ownNames(context, store)), ...(await sanitizedIn(store))]
  throw new Error(
    `expected ${wanted === "latest" ? "a backup" : `the backup ${wanted}`} ${places(store)}, found ${listed(names)}`,
  )
}

const places = (store: Store) => `in ${store.location("")}`
const listed = (names: readonly string[]) =>
  names.length === 0 ? "none; make one with backup" : `these: ${names.join(", ")}`

/** The environment's backups, oldest first. */
async function ownNames({ settings: { environment }, target }: DataContext, store: Store): Promise<string[]> {
  const copies = target.name === "local" ? await copiesOf(environment, target.databaseUrl) : []
  return namesOf(environment, [...(await dumpsOf(environment, store)), ...copies])
}

async function isCopy({ target }: DataContext, name: string): Promise<boolean> {
  const environment = parseBackupName(name)?.environment
  if (target.name !== "local" || environment === undefined) return false
  return (await copiesOf(environment, target.databaseUrl)).includes(name)
}
