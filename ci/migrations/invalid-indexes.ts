import type { ClientBase } from "pg"
import type { Script } from "./script.js"
import { statements } from "./statement.js"

/**
 * Indexes that these scripts build CONCURRENTLY and that are invalid: an earlier try was broken off, and no transaction
 * took it back. They serve nobody, and their names are in the way of the next try.
 * @returns names with their schemas, quoted where they have to be
 * @throws MigrationProblem when a script is no SQL of PostgreSQL
 * @see https://www.postgresql.org/docs/17/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
 */
export async function invalidIndexes(client: ClientBase, scripts: readonly Script[]): Promise<string[]> {
  const built = (await statements(scripts)).flatMap(({ node }) => builtConcurrently(node))
  if (built.length === 0) return []
  const { rows } = await client.query<{ index: string; name: string; table: string }>(
    `SELECT format('%I.%I', nspname, built.relname) AS index, built.relname AS name, indexed.relname AS table
       FROM pg_index JOIN pg_class built ON built.oid = indexrelid JOIN pg_class indexed ON indexed.oid = indrelid
       JOIN pg_namespace ON pg_namespace.oid = built.relnamespace
      WHERE NOT indisvalid`,
  )
  return rows
    .filter((row) => built.some(({ name, table }) => name === row.name && table === row.table))
    .map(({ index }) => index)
}

type Statement = Awaited<ReturnType<typeof statements>>[number]

function builtConcurrently(node: Statement["node"]) {
  if (!("IndexStmt" in node) || !node.IndexStmt.concurrent) return []
  const { idxname: name, relation } = node.IndexStmt
  return [{ name, table: relation?.relname }]
}
