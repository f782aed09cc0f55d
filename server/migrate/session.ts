import type { ClientBase } from "pg"

/**
 * Gives a session its settings: PostgreSQL's own defaults, so that a migration's `SET` does not reach the next one, and a look every
 * second whether this process is still there, so that a killed migration is taken back instead of running on.
 */
export async function prepareSession(client: ClientBase): Promise<void> {
  await client.query("RESET ALL")
  // Not every platform can watch a connection (PostgreSQL refuses the setting there); a migration works without.
  await client.query("SET client_connection_check_interval = '1s'").catch(() => undefined)
}
