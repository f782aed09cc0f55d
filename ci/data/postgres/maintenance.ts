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
