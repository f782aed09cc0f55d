import type pg from "pg"
import { asDriverError, openTransaction, refusesTransaction } from "./driver-error.js"
import { prepareSession } from "./session.js"
import { unfinishedMigrations, type UnfinishedMigration } from "./unfinished.js"
import { tellWayOut } from "./way-out.js"

/**
 * Applies a script as one: PostgreSQL gets the whole text in one query, which is one transaction. The note that the migration is
 * applied is part of it, so that after a kill at any moment the note and the schema agree.
 *
 * @throws the script's error, in the form that Prisma prints; nothing of the script is left then
 */
export async function applyScript(pool: pg.Pool, script: string): Promise<void> {
  const client = await pool.connect()
  try {
    const running = await unfinishedMigrations(client)
    await send(client, script, running).catch((error: unknown) => {
      tellWayOut(running.map(({ name }) => name))
      throw asDriverError(error)
    })
  } finally {
    await leaveClean(client)
  }
}

async function send(client: pg.PoolClient, script: string, running: UnfinishedMigration[]): Promise<void> {
  const notes = running.map(({ finish }) => finish)
  try {
    // The line break ends a comment in the script's last line.
    await client.query([script, ...notes].join("\n;\n"))
  } catch (error) {
    // A statement such as CREATE INDEX CONCURRENTLY works only alone. Nothing has happened yet: the refusal took all back.
    if (!refusesTransaction(error)) throw error
    await client.query("ROLLBACK")
    // It waits for older transactions while it lets others work; broken off, it would leave an index that is invalid.
    await client.query("SET lock_timeout = 0")
    await client.query(script)
  }
  if (client.getTransactionStatus() !== "I") throw openTransaction()
}

/** Clean-up must not hide the script's own error; a connection that cannot be cleaned is closed, and with it its transaction ends. */
async function leaveClean(client: pg.PoolClient): Promise<void> {
  try {
    await client.query("ROLLBACK")
    await prepareSession(client)
    client.release()
  } catch {
    client.release(true)
  }
}
