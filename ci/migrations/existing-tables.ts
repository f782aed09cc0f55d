import type { ClientBase } from "pg"

/** The columns of a table that exists. */
export interface ExistingColumns {
  readonly all: readonly string[]
  /** Those without which no row can be written. */
  readonly required: readonly string[]
}

/** The tables and views of a database, by name, with their columns. */
export async function existingTables(client: ClientBase): Promise<ReadonlyMap<string, ExistingColumns>> {
  const { rows } = await client.query<ExistingColumns & { name: string }>(
    `SELECT CASE nspname WHEN 'public' THEN relname ELSE nspname || '.' || relname END AS name,
            coalesce(array_agg(attname::text) FILTER (WHERE attname IS NOT NULL), '{}') AS all,
            coalesce(array_agg(attname::text) FILTER (WHERE ${REQUIRED}), '{}') AS required
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = relnamespace
       LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped
      WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname NOT IN ('pg_catalog', 'information_schema')
      GROUP BY nspname, relname`,
  )
  return new Map(rows.map(({ name, all, required }) => [name, { all, required }]))
}

/** What is generated counts as having a default. */
const REQUIRED = "attnotnull AND NOT atthasdef AND attidentity = ''"
