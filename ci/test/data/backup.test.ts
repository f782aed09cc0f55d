import { readdir } from "node:fs/promises"
import { beforeAll, afterAll, describe, expect, test } from "vitest"
import { backUp } from "../../data/backup.js"
import { databaseName, withDatabase } from "../../data/postgres/address.js"
import { startPostgres } from "../../host/postgres/cluster.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import { dataContext, never } from "./context.js"
import { startDebianPostgres, whyNoDebianPostgres } from "./debian-postgres.js"
import { databases, platformDatabase, platformTemplate, query } from "./platform-database.js"

let own: Scratch
beforeAll(() => {
  own = scratch()
})
afterAll(() => own.clear())

const GOALS =
  "INSERT INTO workflows (goal, connector) SELECT 'goal ' || n, 'sandbox' FROM generate_series(1, 25) n"

describe("a server that is newer than every pg_dump", () => {
  let server: string
  beforeAll(async () => {
    server = (await startPostgres(own)).url
    await platformTemplate(server)
  })

  test("local copies the database within its server, and says so", async () => {
    const url = await platformDatabase(server, "local")
    await query(url, GOALS)
    const { context, said } = dataContext({ url, environment: "local" })
    const backup = await backUp(context, never)
    expect(backup).toMatchObject({ kind: "template copy", encrypted: false })
    expect(await query(withDatabase(url, backup.name), "SELECT count(*)::int FROM workflows")).toEqual([
      { count: 25 },
    ])
    expect(said.join()).toMatch(/(older than the server's|and the server is PostgreSQL) 17.*copied within/)
  })

  test("another target is told what to set", async () => {
    const url = await platformDatabase(server, "staging")
    const { context } = dataContext({ url, target: "swarm" })
    await expect(backUp(context, never)).rejects.toThrow(/17; set POSTGRES_IMAGE/)
  })
})

const reason = whyNoDebianPostgres()
if (reason) console.warn(`backups by pg_dump are not tested: ${reason}`)

describe.skipIf(reason)("a server that fits the pg_dump on PATH", () => {
  let server: string
  beforeAll(async () => {
    server = await startDebianPostgres(own)
    await platformTemplate(server)
  })

  test("a dump is restored and counted, and leaves no database behind", async () => {
    const url = await platformDatabase(server, "staging")
    await query(url, GOALS)
    const { context, store, said } = dataContext({ url })
    const backup = await backUp(context, never)
    expect(backup).toMatchObject({ kind: "dump", encrypted: false })
    expect(backup.notProved).toBeUndefined()
    expect(backup.rows).toBeGreaterThanOrEqual(25)
    expect(await readdir(store)).toEqual([`${backup.name}.dump`, `${backup.name}.json`])
    expect(await databases(server, `^${databaseName(url)}_`)).toEqual([])
    expect(said).toEqual([])
  })
})
