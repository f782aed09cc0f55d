import type { ClientBase } from "pg"

/** The database belongs to another environment. */
export class EnvironmentMismatch extends Error {
  constructor(
    readonly expected: string,
    readonly received: string,
  ) {
    super(
      `expected the database of ${expected}, received one that is marked as ${received}'s; nothing was changed. ` +
        `Correct DATABASE_URL in the settings of ${expected}. A copy of ${received}'s database does not become ${expected}'s: ` +
        `empty it, deploy, and restore a sanitized backup with: restore --environment ${expected}`,
    )
  }
}

/**
 * Marks a database as an environment's, if it is nobody's yet. The schema `delivery` has to be there.
 * @throws EnvironmentMismatch when it is another one's
 */
export async function claim(client: ClientBase, environment: string): Promise<void> {
  await client.query("INSERT INTO delivery.environment (name) VALUES ($1) ON CONFLICT DO NOTHING", [
    environment,
  ])
  await expectNoOthers(client, environment)
}

/**
 * Asks, and marks nothing. The schema `delivery` has to be there.
 * @throws EnvironmentMismatch when the database is another environment's
 */
export async function expectNoOthers(client: ClientBase, environment: string): Promise<void> {
  const owner = await environmentOf(client)
  if (owner !== undefined && owner !== environment) throw new EnvironmentMismatch(environment, owner)
}

/** Whose the database is; undefined when it is not marked. The schema `delivery` has to be there. */
export async function environmentOf(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>("SELECT name FROM delivery.environment")
  return rows[0]?.name
}

/** Marks a database as an environment's, whosever it was: for a copy that was made to be this environment's own. */
export async function remark(client: ClientBase, environment: string): Promise<void> {
  await client.query(
    `INSERT INTO delivery.environment (name) VALUES ($1)
       ON CONFLICT (is_the_only) DO UPDATE SET name = excluded.name, since = now()
       WHERE environment.name <> excluded.name`,
    [environment],
  )
}
