import { escapeIdentifier, type Client } from "pg"

/** Rows by table, `schema.table`. */
export type Counts = Readonly<Record<string, number>>

/** What a dump holds the rows of: neither the system's tables nor those that an extension brings. */
const TABLES = `
  SELECT namespace.nspname AS schema, class.relname AS name
  FROM pg_class class JOIN pg_namespace namespace ON namespace.oid = class.relnamespace
  WHERE class.relkind = 'r' AND class.relpersistence <> 't'
    AND namespace.nspname !~ '^pg_' AND namespace.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = class.oid AND deptype = 'e')
  ORDER BY 1, 2`

interface Table {
  readonly schema: string
  readonly name: string
}

/** Counts every table's rows, as the client's transaction sees them. */
export async function countRows(client: Client): Promise<Counts> {
  const counts: [string, number][] = []
  for (const table of await tablesOf(client))
    counts.push([`${table.schema}.${table.name}`, await rowsIn(client, table)])
  return Object.fromEntries(counts)
}

/**
 * Keeps every table as it is until the client's transaction ends, as `pg_dump` does: a table that is emptied by TRUNCATE
 * is empty for older snapshots, too. Rows can be read and written.
 */
export async function keepTables(client: Client): Promise<void> {
  const names = (await tablesOf(client)).map(quoted)
  if (names.length > 0) await client.query(`LOCK TABLE ${names.join(", ")} IN ACCESS SHARE MODE`)
}

async function tablesOf(client: Client): Promise<Table[]> {
  return (await client.query<Table>(TABLES)).rows
}

const quoted = ({ schema, name }: Table) => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`

async function rowsIn(client: Client, table: Table): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${quoted(table)}`)
  return Number(rows[0]?.count)
}

/** How many tables, and rows in all of them. */
export function totals(counts: Counts): { tables: number; rows: number } {
  const each = Object.values(counts)
  return { tables: each.length, rows: each.reduce((sum, rows) => sum + rows, 0) }
}

/** What differs, a line for each table; none when both are alike. */
export function differences(expected: Counts, received: Counts): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(received)])].sort()
  const said = (rows: number | undefined) => (rows === undefined ? "no such table" : `${rows} rows`)
  return names
    .filter((name) => expected[name] !== received[name])
    .map((name) => `${name}: expected ${said(expected[name])}, received ${said(received[name])}`)
}
