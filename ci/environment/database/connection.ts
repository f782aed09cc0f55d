import { Client, type ClientConfig } from "pg"
import { connectionError } from "../../../server/migrate/connection-error.js"
import { KEEPALIVES, KEPT_ALIVE, setSession } from "./session-settings.js"

const CONNECT_TIMEOUT_MS = 10_000

/**
 * A connection on which both ends find out when the other is gone without a word, in about half a minute, and that no
 * server ends for being quiet: with it goes the lock.
 * @throws with the place and what to correct, without the password
 */
export async function connected(url: string): Promise<Client> {
  return opened({ connectionString: url, application_name: "delivery" }, SESSION)
}

/**
 * Opens a connection whose session has settings of its own.
 * @throws with the place and what to correct, without the password
 */
export async function opened(
  { connectionString: url, ...config }: ClientConfig & { readonly connectionString: string },
  session: Readonly<Record<string, string>>,
): Promise<Client> {
  const limits = { connectionTimeoutMillis: CONNECT_TIMEOUT_MS, ...KEPT_ALIVE }
  const client = new Client({ connectionString: url, ...config, ...limits })
  // Without a listener a session that somebody ends would end this process, also before whoever wants to know has one.
  client.on("error", () => undefined)
  try {
    await client.connect()
    await setSession(client, session)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error instanceof Error ? connectionError(error, url) : error
  }
  return client
}

const SESSION = {
  ...KEEPALIVES,
  idle_session_timeout: "0",
  // What is asked here is short. A question that somebody's lock holds up would hold up all that follow.
  lock_timeout: "10s",
  statement_timeout: "60s",
}
