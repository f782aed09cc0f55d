import type { ClientBase } from "pg"
import type { Script } from "./script.js"

/**
 * Indexes that were to be built CONCURRENTLY by these scripts and are invalid: an earlier try was broken off, and no
 * transaction took it back. They serve nobody, and their names are in the way of the next try.
 * @returns names with their schemas, quoted where they have to be
 * @see https://www.postgresql.org/docs/17/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function invalidIndexes(client: ClientBase, scripts: readonly Script[]): Promise<string[]> {
  const concurrent = scripts.filter(({ sql }) => /\bCONCURRENTLY\b/i.test(sql))
  if (concurrent.length === 0) return []
  const { rows } = await client.query<{ index: string; name: string }>(
    `SELECT format('%I.%I', nspname, relname) AS index, relname AS name FROM pg_index
     JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE NOT indisvalid`,
  )
  return rows.filter(({ name }) => concurrent.some(({ sql }) => sql.includes(name))).map(({ index }) => index)
}
