import type { DataContext } from "../context.js"
import { countRows, keepTables, type Counts } from "../counts.js"
import { writeDump } from "../dump/write.js"
import { writeManifest, type Manifest } from "../manifest.js"
import type { Measure } from "../measured.js"
import { withDatabase } from "../postgres/address.js"
import { claimed } from "../postgres/claim.js"
import { connected } from "../postgres/connection.js"
import { serverMajor } from "../postgres/server-version.js"
import { withSnapshot, type Snapshot } from "../postgres/snapshot.js"
import { dumpFile, removeDump } from "../store/dumps.js"
import type { Store } from "../store/store.js"
import { removeUnfinished } from "./cleaning.js"
import type { FittingPrograms } from "./programs.js"
import { prove } from "./proof.js"

/** A dump to be made. */
export interface Order {
  readonly context: DataContext
  readonly name: string
  /** Of the environment's server. */
  readonly database: string
  readonly programs: FittingPrograms
  readonly store: Store
  /** An age identity, when it is to be encrypted. */
  readonly key: string | undefined
}

/** A dump that was made. */
export interface Dumped {
  readonly file: string
  readonly counts: Counts
  readonly written: Measure
}

/** Whether it was restored and counted. */
export const isProved = (proof: Manifest["proof"]) => proof === "restored and counted"

/**
 * Writes a dump, proves it, and writes down what it holds. A dump that does not hold what it should is removed.
 * @throws when it can't be written, or does not hold what it should
 */
export async function provedDump(
  order: Order,
  signal: AbortSignal,
): Promise<Dumped & { readonly proof: Manifest["proof"] }> {
  const { context, name, store } = order
  return connected(context.target.databaseUrl, async (client) => {
    await claimed(client, name)
    await removeUnfinished(context, { client, store })
    try {
      const dumped = await dump(order, signal)
      const proof = await proved(order, dumped, signal)
      if (!isProved(proof)) context.say(`${name} is ${proof}`)
      return { ...dumped, proof }
    } catch (error) {
      await removeDump(store, name).catch(() => undefined)
      throw error
    }
  })
}

/** Writes the dump and counts its rows, both in one snapshot. */
function dump(order: Order, signal: AbortSignal): Promise<Dumped> {
  const { context, name, database, programs, store, key } = order
  const file = dumpFile(name, key !== undefined)
  const source = { ...programs, databaseUrl: withDatabase(programs.databaseUrl, database) }
  const inSnapshot = async ({ client, id }: Snapshot) => {
    await keepTables(client)
    const written = await writeDump({ programs: source, snapshot: id, store, file, key }, signal)
    const counts = await countRows(client)
    return { file, written, counts }
  }
  return withSnapshot(withDatabase(context.target.databaseUrl, database), inSnapshot, signal)
}

async function proved(order: Order, dumped: Dumped, signal: AbortSignal): Promise<Manifest["proof"]> {
  const proof = await prove(order.context, { ...order, ...dumped }, signal)
  await writeManifest(order.store, await manifest(order, dumped, proof), signal)
  return proof
}

async function manifest(
  { context, name }: Order,
  { written, ...dumped }: Dumped,
  proof: string,
): Promise<Manifest> {
  const { environment } = context.settings
  const server = await serverMajor(context.target.databaseUrl)
  return { schemaVersion: 1, name, environment, ...dumped, ...written, server, proof }
}
