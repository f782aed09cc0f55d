import { Client } from "pg"

const missing =
  "expected DATABASE_URL naming a PostgreSQL server where databases can be made, received none; " +
  "run `npm run ci -- test` or `npm run with-postgres -- npx vitest`"

/** The URL of a database on the server that DATABASE_URL names. */
export function databaseUrl(name: string): string {
  if (!process.env.DATABASE_URL) throw new Error(missing)
  const url = new URL(process.env.DATABASE_URL)
  url.pathname = `/${name}`
  return url.href
}

/** Runs one statement in the database that DATABASE_URL names. */
export async function administrate(statement: string): Promise<void> {
  await query(databaseUrl(new URL(process.env.DATABASE_URL || databaseUrl("")).pathname.slice(1)), statement)
}

/** The rows of one statement, over a connection of its own. */
export async function query(url: string, statement: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement, values)).rows
  } finally {
    await client.end()
  }
}
