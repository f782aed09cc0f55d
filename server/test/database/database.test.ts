import { afterAll, describe, expect, it } from "vitest"
import { openDatabase } from "../../src/database/database.js"
import { testDatabase } from "../platform/database.js"

const { url, query } = await testDatabase()
const queries: number[] = []
const broken: Error[] = []
const database = openDatabase(url, {
  onQuery: (seconds) => queries.push(seconds),
  onConnectionError: (error) => broken.push(error),
})
afterAll(() => database.close())

describe("the database", () => {
  it("tells the time of each query, and how its connections are used", async () => {
    await database.client.$queryRaw`SELECT 1 FROM pg_sleep(0.05)`
    expect(queries.at(-1)).toBeGreaterThan(0.04)
    expect(database.poolCounts()).toEqual({ idle: 1, busy: 0, waiting: 0 })
  })

  it("does not let a server that hangs keep a transaction open", async () => {
    const [row] = await database.client.$queryRaw<unknown[]>`SHOW idle_in_transaction_session_timeout`
    expect(row).toEqual({ idle_in_transaction_session_timeout: "10s" })
  })

  it("is there again after its connections broke", async () => {
    await query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    await expect.poll(() => broken.length).toBeGreaterThan(0)
    expect(await database.client.workflow.count()).toBe(0)
  })
})
