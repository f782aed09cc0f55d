import type { Client } from "pg"
import type { DataContext } from "../context.js"
import { claimed } from "../postgres/claim.js"
import { dumpsOf, nameOfDump, removeDump } from "../store/dumps.js"
import type { Store } from "../store/store.js"
import { originByName } from "../restore/origin.js"
import { expired } from "./retention.js"

/** Removes the backups of an environment that have had their time. */
export async function removeExpired({ settings }: DataContext, store: Store, now: Date): Promise<void> {
  const { environment, BACKUP_KEEP: keep, BACKUP_KEEP_DAYS: days } = settings
  for (const name of expired(await dumpsOf(environment, store), { keep, days, now }))
    await removeDump(store, name)
}

/** Removes what killed backups of an environment left half written. One that is under way has claimed its name. */
export async function removeUnfinished(
  { settings }: DataContext,
  { client, store }: { readonly client: Client; readonly store: Store },
): Promise<void> {
  for (const file of await store.unfinished()) {
    const name = nameOfDump(file) ?? file.replace(/\.json$/, "")
    const isOwn = originByName(name).environment === settings.environment
    if (isOwn && (await claimed(client, name))) await store.removeUnfinished(file)
  }
}
