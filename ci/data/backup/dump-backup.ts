import type { Backup } from "../backup.js"
import { totals } from "../counts.js"
import { databaseName } from "../postgres/address.js"
import { removeExpired } from "./cleaning.js"
import { isProved, provedDump, type Order } from "./proved-dump.js"

/** Dumps the environment's database into its store, proves the dump, and removes those that have had their time. */
export async function dumpBackup(
  order: Omit<Order, "database" | "key">,
  signal: AbortSignal,
): Promise<Omit<Backup, "seconds">> {
  const { context, name, store } = order
  const { BACKUP_KEY: key } = context.settings
  const database = databaseName(context.target.databaseUrl)
  const { file, counts, written, proof } = await provedDump({ ...order, database, key }, signal)
  // What is not proved takes no other's place.
  if (isProved(proof)) await removeExpired(context, store, new Date())
  return {
    name,
    location: store.location(file),
    bytes: written.bytes,
    ...totals(counts),
    encrypted: key !== undefined,
    kind: "dump",
    ...(!isProved(proof) && { notProved: proof }),
  }
}
