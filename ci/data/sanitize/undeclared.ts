import type { Client } from "pg"
import type { Declaration } from "../columns.js"

/** Columns by table, `schema.table`. */
export type Columns = Readonly<Record<string, readonly string[]>>

const COLUMNS = `
  SELECT namespace.nspname || '.' || class.relname AS table,
    coalesce(array_agg(attribute.attname::text ORDER BY attribute.attnum) FILTER (WHERE attribute.attname IS NOT NULL), '{}') AS columns
  FROM pg_class class JOIN pg_namespace namespace ON namespace.oid = class.relnamespace
    LEFT JOIN pg_attribute attribute ON attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
  WHERE class.relkind IN ('r', 'p', 'f') AND namespace.nspname !~ '^pg_' AND namespace.nspname <> 'information_schema'
  GROUP BY 1 ORDER BY 1`

/** Every table's columns. */
export async function columnsOf(client: Client): Promise<Columns> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(COLUMNS)
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))
}

/** What a database holds and nobody has declared: `schema.table` or `schema.table.column`. */
export function undeclared(columns: Columns, declared: Readonly<Record<string, Declaration>>): string[] {
  return Object.entries(columns).flatMap(([table, names]) => {
    const declaration = declared[table]
    if (declaration === undefined) return [table]
    if (declaration === "empty") return []
    return names.filter((name) => !Object.hasOwn(declaration, name)).map((name) => `${table}.${name}`)
  })
}

/** How many large objects there are: they belong to no column. */
export async function largeObjects(client: Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>("SELECT count(*)::int FROM pg_largeobject_metadata")
  return rows[0]?.count ?? 0
}
