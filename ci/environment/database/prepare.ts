import { DatabaseError, type ClientBase } from "pg"
import { SCHEMA_LOCK } from "./advisory-keys.js"
import { SCHEMA_STEPS } from "./schema-steps.js"
import { transaction } from "./transaction.js"

const NOT_PERMITTED = "42501"

/**
 * Makes the schema `delivery`, or brings it up to date; nothing when it is, or when a newer program did. Any number may
 * do so at once.
 * @throws when the role may not make a schema, with the words that let it
 */
export async function prepare(client: ClientBase): Promise<void> {
  if ((await version(client)) >= SCHEMA_STEPS.length) return
  try {
    await transaction(client, () => bringUpToDate(client))
  } catch (error) {
    if (error instanceof DatabaseError && error.code === NOT_PERMITTED)
      throw await notPermitted(client, error)
    throw error
  }
}

async function bringUpToDate(client: ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock($1, $2)", [...SCHEMA_LOCK])
  await client.query(`CREATE SCHEMA IF NOT EXISTS delivery;
    CREATE TABLE IF NOT EXISTS delivery.schema_steps (
      version int PRIMARY KEY,
      applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
    )`)
  const done = await version(client)
  for (const [index, step] of SCHEMA_STEPS.entries()) {
    if (index < done) continue
    await client.query(step)
    await client.query("INSERT INTO delivery.schema_steps (version) VALUES ($1)", [index + 1])
  }
}

async function version(client: ClientBase): Promise<number> {
  if (!(await isPrepared(client))) return 0
  const { rows } = await client.query<{ version: number | null }>(
    "SELECT max(version) AS version FROM delivery.schema_steps",
  )
  return rows[0]?.version ?? 0
}

/** Whether a deploy has ever been here. */
export async function isPrepared(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('delivery.schema_steps') IS NOT NULL AS found",
  )
  return rows[0]?.found === true
}

async function notPermitted(client: ClientBase, cause: DatabaseError): Promise<Error> {
  const { rows } = await client.query<{ grant: string }>(
    "SELECT format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_user) AS grant",
  )
  return new Error(
    `expected the deploy's role to have the schema "delivery" to itself, received: ${cause.message}; ` +
      `the database's owner lets it make one with: ${rows[0]?.grant}`,
    { cause },
  )
}
