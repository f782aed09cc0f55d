import type { DataContext } from "../context.js"
import { countRows, differences, type Counts } from "../counts.js"
import { readDump, type Reading } from "../dump/read.js"
import type { Measure } from "../measured.js"
import { databaseName, withDatabase } from "../postgres/address.js"
import { connected, FORBIDDEN, sqlState } from "../postgres/connection.js"
import { createDatabaseLike } from "../postgres/create-database.js"
import { withScratchDatabase } from "../postgres/scratch-database.js"
import type { Manifest } from "../manifest.js"

/** A dump in a store, and what it should hold. */
export interface Claimed extends Pick<Reading, "programs" | "store" | "file" | "key"> {
  readonly written: Measure
  readonly counts: Counts
}

/**
 * Restores a dump into a scratch database of the same server and counts what is in it.
 * @returns why it could not be tried, when the account may not make a database
 * @throws when it can't be restored, or holds something else
 */
export async function prove(
  { target }: DataContext,
  claimed: Claimed,
  signal: AbortSignal,
): Promise<Manifest["proof"]> {
  try {
    await withScratchDatabase(target.databaseUrl, "check", async ({ name, maintenance }) => {
      await createDatabaseLike(maintenance, name, databaseName(target.databaseUrl))
      const read = await readDump({ ...claimed, database: name, rights: "without rights" }, signal)
      same(claimed, read, await connected(withDatabase(target.databaseUrl, name), countRows, signal))
    })
    return "restored and counted"
  } catch (error) {
    if (sqlState(error) !== FORBIDDEN) throw error
    return `not proved: the account may not do what it takes (${(error as Error).message}); give it CREATEDB`
  }
}

function same({ written, counts }: Claimed, read: Measure, received: Counts): void {
  if (read.sha256 !== written.sha256)
    throw new Error(
      `expected to read ${written.bytes} bytes as they were written, read ${read.bytes} other bytes`,
    )
  const wrong = differences(counts, received)
  if (wrong.length > 0) throw new Error(`expected the rows of the snapshot in the dump: ${wrong.join("; ")}`)
}
