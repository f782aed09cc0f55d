import { DatabaseError, type Client } from "pg"
import { opened } from "../../environment/database/connection.js"
import { KEEPALIVES } from "../../environment/database/session-settings.js"

/** SQLSTATE: other sessions use the database. */
export const IN_USE = "55006"
/** SQLSTATE: the account may not do that. */
export const FORBIDDEN = "42501"

/** The SQLSTATE of an error of PostgreSQL; undefined for any other error. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof DatabaseError ? error.code : undefined

/**
 * Runs an action with a connection of its own, which ends with it. An abort closes the connection, so that no query
 * holds the action up.
 * @throws when the database can't be reached; the message holds no password
 */
export async function connected<Result>(
  url: string,
  action: (client: Client) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  signal?.throwIfAborted()
  const client = await opened({ connectionString: url }, SESSION)
  const end = () => client.end().catch(() => undefined)
  const stop = () => void end()
  signal?.addEventListener("abort", stop, { once: true })
  try {
    return await action(client)
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener("abort", stop)
    await end()
  }
}

/** One session is quiet while a program works for hours, another one counts a large table. */
const SESSION = {
  ...KEEPALIVES,
  idle_session_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  statement_timeout: "0",
}
