import { connected } from "../../data/postgres/connection.js"
import { invalidIndexes } from "../../migrations/invalid-indexes.js"
import { unfinished } from "../../migrations/pending.js"
import { project } from "../../pipeline/project.js"
import { DeployFailure, type Work } from "../work.js"
import { scriptsOf } from "./schema.js"

/** Does not hide why the migration failed. */
export async function cleanUp(work: Work, signal: AbortSignal): Promise<void> {
  try {
    await clearUnfinished(work, signal)
    await dropInvalidIndexes(work, signal)
  } catch (error) {
    work.say(`not all of it was cleaned up, the next deploy tries again: ${(error as Error).message}`)
  }
}

/**
 * Marks migrations that failed, or were killed, as taken back: each ran as a whole, so nothing of it is left. The command
 * waits for one that still runs.
 */
export async function clearUnfinished(
  { lock, target, order, say }: Pick<Work, "lock" | "target" | "order" | "say">,
  signal: AbortSignal,
): Promise<void> {
  for (const name of await unfinished(lock.client)) {
    say(`the migration ${name} was begun and not ended; it is marked as taken back`)
    const argv = [...project.commands.migrationResolved, name]
    const { exitCode, stderr } = await target.run(order, { argv, line: () => undefined }, signal)
    if (exitCode !== 0 && (await unfinished(lock.client)).includes(name))
      throw new DeployFailure(`expected ${name} to be marked as taken back, received: ${stderr}`)
  }
}

/** What can't be in a transaction is not taken back by PostgreSQL. */
export async function dropInvalidIndexes(
  { target, order, pending, say }: Work,
  signal: AbortSignal,
): Promise<void> {
  const scripts = await scriptsOf(order.release, pending)
  // A connection that may wait: for every transaction that is older.
  await connected(
    target.databaseUrl,
    async (client) => {
      for (const index of await invalidIndexes(client, scripts)) {
        await client.query("SET lock_timeout = 0")
        say(`${index} was not built to its end, and is dropped`)
        await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`)
      }
    },
    signal,
  )
}
