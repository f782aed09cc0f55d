import type { ClientBase } from "pg"

/** Columns, as `table.column`, of which a validated check says that they are never empty. */
export type FilledColumns = ReadonlySet<string>

/**
 * The columns that can become NOT NULL without a look at any row: PostgreSQL believes a check that it has validated.
 * https://www.postgresql.org/docs/current/sql-altertable.html, SET NOT NULL
 */
export async function filledColumns(client: ClientBase): Promise<FilledColumns> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT CASE nspname WHEN 'public' THEN relname ELSE nspname || '.' || relname END || '.' || attname AS name
       FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
       JOIN pg_namespace ON pg_namespace.oid = relnamespace
       JOIN pg_attribute ON attrelid = conrelid AND ARRAY[attnum] = conkey
      WHERE contype = 'c' AND convalidated
        AND pg_get_constraintdef(pg_constraint.oid) = format('CHECK ((%I IS NOT NULL))', attname)`,
  )
  return new Set(rows.map(({ name }) => name))
}
