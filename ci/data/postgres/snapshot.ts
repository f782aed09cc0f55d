import type { Client } from "pg"
import { connected } from "./connection.js"

/** A state of the database that stays the same for whoever names it, while its session lasts. */
export interface Snapshot {
  /** For `pg_dump --snapshot`. */
  readonly id: string
  /** A session that sees it. */
  readonly client: Client
}

/** The session is quiet while a dump runs, which may take hours; a lock that somebody holds is not waited for so long. */
const SETTINGS = `
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL lock_timeout = '60s'`

/** Runs an action with a snapshot of the database. */
export function withSnapshot<Result>(
  url: string,
  action: (snapshot: Snapshot) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  const inSnapshot = async (client: Client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    await client.query(SETTINGS)
    const { rows } = await client.query<{ id: string }>("SELECT pg_export_snapshot() AS id")
    return action({ id: rows[0]?.id ?? "", client })
  }
  return connected(url, inSnapshot, signal)
}
