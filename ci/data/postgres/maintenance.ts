import type { Client } from "pg"
import { withDatabase } from "./address.js"
import { connected } from "./connection.js"

const DATABASE = "postgres"

/**
 * Runs an action with a connection to the server's database `postgres`. Databases are made, copied and renamed from
 * there, since nobody may be connected to the one that is meant.
 * @throws when the account can't connect to it
 */
export function maintaining<Result>(
  url: string,
  action: (client: Client) => Promise<Result>,
): Promise<Result> {
  return connected(withDatabase(url, DATABASE), action)
}

/** The same where any database does: in the environment's own when the account can't connect to `postgres`. */
export async function besideAny<Result>(
  url: string,
  action: (client: Client) => Promise<Result>,
): Promise<Result> {
  const canMaintain = await maintaining(url, () => Promise.resolve(true)).catch(() => false)
  return canMaintain ? maintaining(url, action) : connected(url, action)
}
