import type { ClientBase } from "pg"
import type { Deployable } from "../release/deployable.js"
import { applied } from "./applied.js"
import { existingTables, type ExistingColumns } from "./existing-tables.js"

/**
 * Why a release can't live with a database's schema as it is now; empty when it can. Its migrations have to be applied,
 * its tables and columns to be there, and no column that it does not know may ask it for a value. That a column still has
 * the type that it had, a record does not say.
 */
export async function fits(
  client: ClientBase,
  { migrations, tables }: Pick<Deployable, "migrations" | "tables">,
): Promise<string[]> {
  const there = await applied(client)
  const existing = await existingTables(client)
  const later = [...there.keys()].filter((name) => !migrations.some((migration) => migration.name === name))
  return [
    ...migrations.flatMap(({ name, checksum }) => missing(name, checksum, there.get(name))),
    ...(tables ? Object.entries(tables).flatMap((table) => misfits(table, existing)) : unknown(later)),
  ]
}

function missing(name: string, checksum: string, there: string | undefined): string[] {
  if (there === undefined) return [`its migration ${name} is not applied`]
  return there === checksum ? [] : [`its migration ${name} was applied with another text`]
}

function unknown(later: readonly string[]): string[] {
  if (later.length === 0) return []
  return [`its record does not name its tables, and ${later.join(", ")} came after it`]
}

function misfits(
  [table, columns]: [string, readonly string[]],
  existing: ReadonlyMap<string, ExistingColumns>,
) {
  const found = existing.get(table)
  if (found === undefined) return [`its table ${table} is gone`]
  const gone = columns.filter((column) => !found.all.includes(column))
  const asking = found.required.filter((column) => !columns.includes(column))
  return [
    ...gone.map((column) => `its column ${column} of ${table} is gone`),
    ...asking.map(
      (column) => `the column ${column} of ${table}, which it does not know, has to have a value`,
    ),
  ]
}
