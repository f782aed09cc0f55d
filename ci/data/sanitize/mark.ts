import type { Client } from "pg"

/** Marks a database as one whose declared columns have been replaced, and that may leave its environment. */
export async function markSanitized(client: Client): Promise<void> {
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS delivery;
    CREATE TABLE IF NOT EXISTS delivery.sanitized (at timestamptz NOT NULL DEFAULT now());
    INSERT INTO delivery.sanitized DEFAULT VALUES`)
}

/** Whether a database has that mark. */
export async function isSanitized(client: Client): Promise<boolean> {
  const query = "SELECT to_regclass('delivery.sanitized') IS NOT NULL AS found"
  const { rows } = await client.query<{ found: boolean }>(query)
  return rows[0]?.found === true
}

/** Takes the mark away. */
export async function unmarkSanitized(client: Client): Promise<void> {
  await client.query("DROP TABLE IF EXISTS delivery.sanitized")
}
