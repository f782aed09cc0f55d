import type { ClientBase } from "pg"

/** The PostgreSQL server's version, such as `17.10`. */
export async function serverVersion(client: ClientBase): Promise<string> {
  const query = "SELECT current_setting('server_version_num')::int AS number"
  const number = (await client.query<{ number: number }>(query)).rows[0]?.number ?? 0
  return `${Math.floor(number / 10_000)}.${number % 10_000}`
}
