import type { ClientBase } from "pg"

/** With which a server finds out in about half a minute that the other end is gone without a word. */
export const KEEPALIVES = {
  tcp_keepalives_idle: "10",
  tcp_keepalives_interval: "5",
  tcp_keepalives_count: "3",
}

/** The same at this end; options of `pg`. */
export const KEPT_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 }

/** Gives a session settings, whatever its role has; those that the server's version or system does not have are left out. */
export async function setSession(
  client: ClientBase,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  await client.query(
    `SELECT set_config(name, value, false)
       FROM pg_settings JOIN unnest($1::text[], $2::text[]) AS wanted (name, value) USING (name)`,
    [Object.keys(settings), Object.values(settings)],
  )
}
