import type { ClientBase } from "pg"

const LIMIT = /(?:^|\s)(?:-c\s*|--)(lock_timeout|statement_timeout)=(\w+)/g

/**
 * Gives a session its settings: PostgreSQL's own defaults, so that a migration's `SET` does not reach the next one, and a look every
 * second whether this process is still there, so that a killed migration is taken back instead of running on. The time limits of
 * PGOPTIONS hold, also where the `options` of a URL would take their place.
 */
export async function prepareSession(client: ClientBase): Promise<void> {
  await client.query("RESET ALL")
  for (const [, name, value] of (process.env["PGOPTIONS"] ?? "").matchAll(LIMIT))
    await client.query("SELECT set_config($1, $2, false)", [name, value])
  // Not every platform can watch a connection (PostgreSQL refuses the setting there); a migration works without.
  await client.query("SET client_connection_check_interval = '1s'").catch(() => undefined)
}
