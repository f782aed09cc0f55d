import { expect, test } from "vitest"
import { connected } from "../../../data/postgres/connection.js"
import { testDatabases } from "../../databases.js"

const databases = testDatabases()

test("a session waits and is quiet for as long as it takes, whatever its role has", async () => {
  const url = await databases.fresh()
  const client = await databases.connect(url)
  await client.query(
    `CREATE ROLE hasty SUPERUSER LOGIN PASSWORD 'hasty';
     ALTER ROLE hasty SET statement_timeout = '50ms';
     ALTER ROLE hasty SET idle_session_timeout = '50ms';
     ALTER ROLE hasty SET idle_in_transaction_session_timeout = '50ms'`,
  )
  const hasty = Object.assign(new URL(url), { username: "hasty", password: "hasty" }).href
  await connected(hasty, async (session) => {
    await session.query("SELECT pg_sleep(0.2)")
    const { rows } = await session.query<{ quiet: string; open: string; alive: string }>(
      `SELECT current_setting('idle_session_timeout') AS quiet, current_setting('tcp_keepalives_idle') AS alive,
              current_setting('idle_in_transaction_session_timeout') AS open`,
    )
    expect(rows).toEqual([{ quiet: "0", open: "0", alive: "10" }])
  })
})
