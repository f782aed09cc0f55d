import type { ClientBase } from "pg"
import { migrationsTable } from "../../server/migrate/unfinished.js"

/** The migrations that are applied in a database, by name, each with the SHA-256 of the script that it was. */
export async function applied(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  const table = await migrationsTable(client)
  if (table === undefined) return new Map()
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM ${table} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  return new Map(rows.map(({ name, checksum }) => [name, checksum]))
}
