import type { ClientBase } from "pg"
import { RESERVED_SPACE } from "./advisory-keys.js"
import { connected } from "./connection.js"

/** A database that is there beside the environment's own, whatever is done to that. */
const ELSEWHERE = "/postgres"

/**
 * Keeps the lock of a database for who runs an action, which may have no session there: in another database of the server.
 * Ends with its connection. Where an account may not use that database, nothing is kept.
 */
export async function reserved<Result>(url: string, action: () => Promise<Result>): Promise<Result> {
  const own = new URL(url)
  const client = await connected(Object.assign(new URL(url), { pathname: ELSEWHERE }).href).catch(
    () => undefined,
  )
  // Without a listener, a session that is ended would end this process.
  client?.on("error", () => undefined)
  try {
    const name = decodeURIComponent(own.pathname.slice(1))
    await client?.query("SELECT pg_advisory_lock($1, hashtext($2))", [RESERVED_SPACE, name])
    return await action()
  } finally {
    await client?.end().catch(() => undefined)
  }
}

/** Whether the lock of a session's database is kept for somebody. */
export async function isReserved(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
       AND classid = $1::oid AND objid = hashtext(current_database())::oid) AS found`,
    [RESERVED_SPACE],
  )
  return rows[0]?.found === true
}
