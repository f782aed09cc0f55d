import { neededPrograms } from "./backup/programs.js"
import { isProved, provedDump, type Order } from "./backup/proved-dump.js"
import type { DataContext } from "./context.js"
import { totals } from "./counts.js"
import { withDatabase } from "./postgres/address.js"
import { connected } from "./postgres/connection.js"
import { withScratchDatabase } from "./postgres/scratch-database.js"
import { fill } from "./restore/fill.js"
import { findBackup } from "./restore/find.js"
import { sanitizedName } from "./restore/origin.js"
import { replaceDeclared } from "./sanitize/replace.js"
import { findDump } from "./store/dumps.js"
import { storeAt } from "./store/of-settings.js"

/** A dump that may leave its environment. */
export interface Sanitized {
  /** `sanitized-<name of the backup>`. */
  readonly name: string
  readonly location: string
  readonly bytes: number
  readonly tables: number
  readonly rows: number
  readonly seconds: number
  /** Why it could not be restored and counted; absent when it was. */
  readonly notProved?: string
}

/**
 * Makes a dump from a backup in which the columns that `columns.ts` declares are replaced. The backup is restored into a
 * scratch database of the environment's own server, so that its data stays there. The new dump is not encrypted.
 * @param from a backup's name; `latest` for the environment's newest
 * @param to a folder, or `s3://bucket/prefix` with the environment's keys
 * @throws naming every table and column that is not declared; nothing is written then
 */
export async function sanitize(
  context: DataContext,
  { from, to }: { readonly from: string; readonly to: string },
  signal: AbortSignal,
): Promise<Sanitized> {
  const began = performance.now()
  const store = storeAt(to, context.settings)
  const programs = await neededPrograms(context)
  const found = await findBackup(context, from)
  const order = { context, name: sanitizedName(found.name), programs, store, key: undefined }
  await refuseExisting(order)
  const sanitized = await withScratchDatabase(context.target.databaseUrl, "sanitize", async (scratch) => {
    await fill({ context, found, scratch }, signal)
    const url = withDatabase(context.target.databaseUrl, scratch.name)
    await connected(url, (client) => replaceDeclared(client, signal), signal)
    return written({ ...order, database: scratch.name }, signal)
  })
  return { ...sanitized, seconds: (performance.now() - began) / 1000 }
}

async function refuseExisting({ name, store }: Pick<Order, "name" | "store">): Promise<void> {
  const file = await findDump(store, name)
  if (file !== undefined)
    throw new Error(`expected no ${store.location(file)} yet, found one; remove it or choose another place`)
}

async function written(order: Order, signal: AbortSignal): Promise<Omit<Sanitized, "seconds">> {
  const { file, counts, written: measure, proof } = await provedDump(order, signal)
  return {
    name: order.name,
    location: order.store.location(file),
    bytes: measure.bytes,
    ...totals(counts),
    ...(!isProved(proof) && { notProved: proof }),
  }
}
