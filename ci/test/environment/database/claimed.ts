import type { Client } from "pg"
import { claim } from "../../../environment/database/environment.js"
import { prepare } from "../../../environment/database/prepare.js"
import type { TestDatabases } from "../../databases.js"

/** A connection to a new database that is the environment's `staging`. */
export async function claimed(databases: TestDatabases): Promise<Client> {
  const client = await databases.client()
  await prepare(client)
  await claim(client, "staging")
  return client
}
