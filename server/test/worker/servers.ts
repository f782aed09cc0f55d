import { Api } from "../platform/api.js"
import type { TestDatabase } from "../platform/database.js"
import type { Variables } from "../platform/environment.js"
import { keyFor } from "../platform/key.js"
import { startProcess } from "../platform/process.js"

/** Workflows of these tests go to the fake provider, where calls can be counted. */
export const atProvider = { connector: "openai" }

/** For tests that wait until a lease has run out; a machine under load must still keep one. */
export const shortLease = { LEASE_MS: "3000" }

/** A server process that reaches the fake provider, with a client of its API. */
export async function startServerAt(providerUrl: string, database: TestDatabase, changes: Variables = {}) {
  const model = {
    OPENAI_API_KEY: "key-of-the-test",
    OPENAI_BASE_URL: `${providerUrl}/v1`,
    MODEL_MAX_RETRIES: "0",
  }
  const process = await startProcess(database.url, { ...model, ...changes })
  return { ...process, api: new Api(process.url, await keyFor(database.url)) }
}
