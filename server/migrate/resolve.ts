import type pg from "pg"
import type { LockOptions } from "./lock.js"
import { connectOnce, migrationPool } from "./pool.js"
import { migrationsTable, unfinishedMigrations } from "./unfinished.js"

/** Where to mark a migration, and under which lock: one that runs now is unfinished too, and must not be marked. */
export interface ResolveOptions {
  /** The database's address. */
  url: string
  /** How to wait for a migration that runs now. */
  lock: LockOptions
}

/**
 * Marks a failed migration as rolled back, so that the next deploy applies it again.
 *
 * @param name the name of the migration's folder
 * @returns a line that says what was done and what comes next
 * @throws when the name is unknown, when there is nothing to resolve, or when the database cannot be used
 */
export async function markRolledBack(name: string, { url, lock }: ResolveOptions): Promise<string> {
  const pool = migrationPool(url, lock)
  const client = await connectOnce(pool, url)
  try {
    const unfinished = await unfinishedMigrations(client)
    if (!unfinished.some((migration) => migration.name === name))
      throw new Error(
        `expected the name of a failed migration, received "${name}", ${await stateOf(client, name)} ${advice(unfinished)}`,
      )
    await mark(client, name)
    return `${name} is marked as rolled back. Correct its migration.sql if that is still to be done, then: npx prisma migrate deploy`
  } finally {
    client.release()
    await pool.end()
  }
}

async function mark(client: pg.PoolClient, name: string): Promise<void> {
  const table = (await migrationsTable(client)) ?? "_prisma_migrations"
  const rows = `migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`
  await client.query(`UPDATE ${table} SET rolled_back_at = now() WHERE ${rows}`, [name])
}

async function stateOf(client: pg.PoolClient, name: string): Promise<string> {
  const table = await migrationsTable(client)
  if (table === undefined) return "but no migration was ever begun in this database."
  const { rows } = await client.query<{ applied: boolean }>(
    `SELECT rolled_back_at IS NULL AS applied FROM ${table} WHERE migration_name = $1 ORDER BY started_at DESC LIMIT 1`,
    [name],
  )
  if (rows[0] === undefined) return "which was never begun in this database."
  return rows[0].applied
    ? "which is applied: it cannot be marked as rolled back. To undo it, write a new migration."
    : "which is marked as rolled back already."
}

function advice(unfinished: { name: string }[]): string {
  if (unfinished.length === 0)
    return "No migration is failed here, so there is nothing to resolve; go on with: npx prisma migrate deploy"
  return `Failed here: ${unfinished.map(({ name }) => name).join(", ")}.`
}
