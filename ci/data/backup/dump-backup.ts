import type { DataContext } from "../context.js"
import { countRows, totals, type Counts } from "../counts.js"
import { writeDump } from "../dump/write.js"
import { writeManifest, type Manifest } from "../manifest.js"
import type { Measure } from "../measured.js"
import { claimed } from "../postgres/claim.js"
import { serverMajor } from "../postgres/server-version.js"
import { withSnapshot } from "../postgres/snapshot.js"
import { dumpFile, removeDump } from "../store/dumps.js"
import type { Store } from "../store/store.js"
import { together } from "../together.js"
import type { Backup } from "../backup.js"
import { removeExpired, removeUnfinished } from "./cleaning.js"
import type { FittingPrograms } from "./programs.js"
import { prove } from "./proof.js"

/** A dump to be made. */
export interface Order {
  readonly context: DataContext
  readonly name: string
  readonly programs: FittingPrograms
  readonly store: Store
}

/** Dumps the environment's database into its store, proves the dump, and removes those that have had their time. */
export async function dumpBackup(order: Order, signal: AbortSignal): Promise<Omit<Backup, "seconds">> {
  const { context, name, store } = order
  const key = context.settings.BACKUP_KEY
  const file = dumpFile(name, key !== undefined)
  const { counts, written } = await dumped(order, file, signal)
  const proof = await proved(order, { file, counts, written }, signal)
  const isProved = proof === "restored and counted"
  if (isProved) await removeExpired(context, store, new Date())
  else context.say(`${name} is ${proof}`)
  return {
    name,
    location: store.location(file),
    bytes: written.bytes,
    ...totals(counts),
    encrypted: key !== undefined,
    kind: "dump",
    ...(!isProved && { notProved: proof }),
  }
}

/** Writes the dump and counts its rows, both in one snapshot. */
function dumped({ context, name, programs, store }: Order, file: string, signal: AbortSignal) {
  const dump = async (client: Parameters<typeof claimed>[0], snapshot: string) => {
    await claimed(client, name)
    await removeUnfinished(context, { client, store })
    const writing = { programs, snapshot, store, file, key: context.settings.BACKUP_KEY }
    const [written, counts] = await together<[Measure, Counts]>(signal, (both) => [
      writeDump(writing, both),
      countRows(client),
    ])
    return { written, counts }
  }
  return withSnapshot(context.target.databaseUrl, ({ client, id }) => dump(client, id), signal)
}

interface Dumped {
  readonly file: string
  readonly counts: Counts
  readonly written: Measure
}

/** A dump that does not hold what it should is removed. */
async function proved(order: Order, { file, counts, written }: Dumped, signal: AbortSignal) {
  const { context, name, programs, store } = order
  try {
    const key = context.settings.BACKUP_KEY
    const proof = await prove(context, { programs, store, file, key, counts, written }, signal)
    const { environment } = context.settings
    const server = await serverMajor(context.target.databaseUrl)
    const manifest = { schemaVersion: 1, name, environment, file, counts, server, proof, ...written } as const
    await writeManifest(store, manifest satisfies Manifest, signal)
    return proof
  } catch (error) {
    await removeDump(store, name).catch(() => undefined)
    throw error
  }
}
