import type { ClientBase } from "pg"

/** Rows by table, as PostgreSQL estimates them. */
export type Sizes = ReadonlyMap<string, number>

/** How many rows each table has, about: what was counted when it was last analysed, or since then where that is more. */
export async function tableSizes(client: ClientBase): Promise<Sizes> {
  const { rows } = await client.query<{ name: string; rows: number }>(
    `SELECT CASE nspname WHEN 'public' THEN relname ELSE nspname || '.' || relname END AS name,
            greatest(reltuples::float, coalesce(pg_stat_get_live_tuples(c.oid), 0)::float, 0) AS rows
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE relkind IN ('r', 'p', 'm') AND nspname NOT IN ('pg_catalog', 'information_schema')`,
  )
  return new Map(rows.map((table) => [table.name, table.rows]))
}
