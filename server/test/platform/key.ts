import { createKey } from "../../src/api-keys/store.js"
import { openDatabase } from "../../src/database/database.js"

/** A key for everything, stored in a database whose servers are processes of their own. */
export async function keyFor(databaseUrl: string): Promise<string> {
  const database = openDatabase(databaseUrl)
  try {
    return await createKey(database, "test", [])
  } finally {
    await database.close()
  }
}
