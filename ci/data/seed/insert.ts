import { escapeIdentifier, type Client } from "pg"
import type { Rows } from "./rows.js"

/**
 * Inserts the rows that are not there yet. Those that are keep what was done to them, and no number of a sequence is
 * spent on them.
 * @returns how many were inserted
 */
export async function insertMissing(client: Client, { table, rows }: Rows): Promise<number> {
  let inserted = 0
  for (const row of rows) {
    const { rowCount } = await client.query(statement(table, row), Object.values(row))
    inserted += rowCount ?? 0
  }
  return inserted
}

function statement(table: string, row: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(row).map((name) => escapeIdentifier(name))
  const given = `jsonb_populate_record(NULL::${escapeIdentifier(table)}, jsonb_build_object(${pairs(row)}))`
  const key = "id" in row ? ["id"] : Object.keys(row).slice(0, 2)
  const same = key.map((name) => `present.${escapeIdentifier(name)} = given.${escapeIdentifier(name)}`)
  return `INSERT INTO ${escapeIdentifier(table)} (${names.join(", ")})
    SELECT ${names.map((name) => `given.${name}`).join(", ")} FROM ${given} AS given
    WHERE NOT EXISTS (SELECT FROM ${escapeIdentifier(table)} present WHERE ${same.join(" AND ")})`
}

/** As text, so that PostgreSQL turns each into its column's type. */
const pairs = (row: Readonly<Record<string, unknown>>) =>
  Object.keys(row)
    .map((name, index) => `'${name}', $${index + 1}::text`)
    .join(", ")
