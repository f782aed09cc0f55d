import type { Client } from "pg"

/**
 * Claims a name for this session, so that whoever cleans up can tell what a killed run left from what is in use: a
 * session advisory lock dies with its holder.
 * @returns whether nobody else has it
 */
export async function claimed(client: Client, name: string): Promise<boolean> {
  const query = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS free"
  const { rows } = await client.query<{ free: boolean }>(query, [`delivery data ${name}`])
  return rows[0]?.free ?? false
}

/** Gives a claim back before the session's end. */
export async function unclaim(client: Client, name: string): Promise<void> {
  await client.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [`delivery data ${name}`])
}
