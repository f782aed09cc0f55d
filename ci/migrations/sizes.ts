import type { ClientBase } from "pg"

/** Rows by table, as PostgreSQL estimates them. */
export type Sizes = ReadonlyMap<string, number>

/**
 * How many rows each table has, about: what was counted when it was last analysed, or since then where that is more. A
 * partitioned one has those of its partitions.
 */
export async function tableSizes(client: ClientBase): Promise<Sizes> {
  const { rows } = await client.query<{ name: string; rows: number }>(
    `SELECT CASE nspname WHEN 'public' THEN relname ELSE nspname || '.' || relname END AS name,
            (SELECT sum(greatest(part.reltuples::float, coalesce(pg_stat_get_live_tuples(part.oid), 0)::float, 0))
               FROM pg_class part
              WHERE CASE c.relkind WHEN 'p' THEN part.relkind = 'r' AND part.oid IN
                    (SELECT relid FROM pg_partition_tree(c.oid)) ELSE part.oid = c.oid END) AS rows
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE relkind IN ('r', 'p', 'm') AND nspname NOT IN ('pg_catalog', 'information_schema')`,
  )
  return new Map(rows.map((table) => [table.name, table.rows]))
}
