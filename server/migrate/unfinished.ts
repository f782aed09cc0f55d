import type { ClientBase } from "pg"

/** A row of Prisma's table for a migration that has begun and neither ended nor been marked as rolled back. */
export interface UnfinishedMigration {
  /** The name of the migration's folder. */
  name: string
  /** The statement that records it as applied. */
  finish: string
}

/** Prisma's table with its schema, quoted, or undefined in a database that was never migrated. */
export async function migrationsTable(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', relnamespace::regnamespace::text, relname) AS name FROM pg_class WHERE oid = to_regclass('_prisma_migrations')`,
  )
  return rows[0]?.name
}

/** The migrations that have begun and not ended, oldest first: one that runs now, or one that failed or was killed. */
export async function unfinishedMigrations(client: ClientBase): Promise<UnfinishedMigration[]> {
  const table = await migrationsTable(client)
  if (table === undefined) return []
  const { rows } = await client.query<UnfinishedMigration>(
    `SELECT migration_name AS name, format('UPDATE %s SET finished_at = now() WHERE id = %L', $1::text, id) AS finish
       FROM ${table} WHERE finished_at IS NULL AND rolled_back_at IS NULL ORDER BY started_at`,
    [table],
  )
  return rows
}
