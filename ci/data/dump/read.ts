import { PassThrough, type Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { FittingPrograms } from "../backup/programs.js"
import { decrypted } from "../encryption.js"
import { measured, type Measure } from "../measured.js"
import { withDatabase } from "../postgres/address.js"
import type { Store } from "../store/store.js"
import { together } from "../together.js"
import { isHarmless, refusedIn, restoreArguments } from "./arguments.js"

/** A dump to be restored: from where, and into which database. */
export interface Reading {
  readonly programs: Pick<FittingPrograms, "run" | "databaseUrl">
  readonly store: Store
  readonly file: string
  readonly key?: string | undefined
  /** An empty database of the same server. */
  readonly database: string
  readonly rights: "with rights" | "without rights"
  /** Told of what does no harm to data and was left out. */
  readonly say?: (line: string) => void
}

interface Ends {
  readonly measuring: Transform
  readonly input: PassThrough
}

/**
 * Streams a dump from a store into an empty database.
 * @returns what was read
 * @throws when it is cut off, was changed, or was encrypted for another key
 */
export async function readDump(reading: Reading, signal: AbortSignal): Promise<Measure> {
  const { stream: measuring, measure } = measured()
  const input = new PassThrough()
  await together<[unknown, unknown]>(signal, (both) => [
    restored(reading, input, both),
    fed(reading, { measuring, input }, both),
  ])
  return measure()
}

async function restored(
  { programs, database, rights, say }: Reading,
  input: PassThrough,
  signal: AbortSignal,
) {
  const databaseUrl = withDatabase(programs.databaseUrl, database)
  const args = restoreArguments(rights)
  await programs.run({ program: "pg_restore", args, databaseUrl, input, signal }).catch((error: unknown) => {
    if (!(error instanceof Error && isHarmless(error.message))) throw error
    for (const words of refusedIn(error.message)) say?.(`left out of the restored database: ${words}`)
  })
  // What it did not read of the end has to be read for the measure.
  input.resume()
}

async function fed(
  { store, file, key }: Reading,
  { measuring, input }: Ends,
  signal: AbortSignal,
): Promise<void> {
  const stored = await store.get(file, signal)
  const opened = async () => {
    const content = key === undefined ? measuring : await decrypted(measuring, key)
    await pipeline(content, input, { signal })
  }
  await Promise.all([pipeline(stored, measuring, { signal }), opened()])
}
