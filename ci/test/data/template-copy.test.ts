import { chmod, rm, statfs, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest"
import { backUp } from "../../data/backup.js"
import { copiesOf } from "../../data/backup/template-copy.js"
import { countRows, totals } from "../../data/counts.js"
import { databaseName, withDatabase } from "../../data/postgres/address.js"
import { connected } from "../../data/postgres/connection.js"
import { startPostgres } from "../../host/postgres/cluster.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import { clientUntil } from "./busy-client.js"
import { dataContext, never } from "./context.js"
import { smallDisk, whyNoSmallDisk } from "./small-disk.js"
import { platformDatabase, platformTemplate, query } from "./platform-database.js"

const noSmallDisk = whyNoSmallDisk()
if (noSmallDisk) console.warn(`a full disk below PostgreSQL is not tested: ${noSmallDisk}`)

let own: Scratch
let server: string
beforeAll(async () => {
  own = scratch()
  server = (await startPostgres(own)).url
  await platformTemplate(server)
})
afterAll(() => own.clear())

/** An environment of its own, so that no other test's copies count as its. */
async function environment(name: string, settings: Record<string, string> = {}) {
  const url = await platformDatabase(server, name)
  return { url, ...dataContext({ url, environment: name, settings }) }
}

test("is made under sessions that come back at once, and lets them in again", async () => {
  const { url, context } = await environment("busy")
  const over = new AbortController()
  const clients = Array.from({ length: 8 }, () => clientUntil(over.signal, url))
  const backups = [await backUp(context, never), await backUp(context, never)]
  over.abort()
  expect((await Promise.all(clients)).every((served) => served > 0)).toBe(true)
  expect(await copiesOf("busy", url)).toEqual(backups.map(({ name }) => name))
  const allowed = "SELECT datallowconn AS allowed FROM pg_database WHERE datname = $1"
  expect(await query(url, allowed, [databaseName(url)])).toEqual([{ allowed: true }])
})

test("happens while the front holds and the caller has no session", async () => {
  const { url, context } = await environment("held")
  const order: string[] = []
  const wrapping =
    (name: string) =>
    async <Result>(action: () => Promise<Result>): Promise<Result> => {
      order.push(`${name} begins`)
      return action().finally(() => order.push(`${name} ends`))
    }
  const target = { ...context.target, holding: wrapping("holding") }
  const { name } = await backUp({ ...context, target, beside: wrapping("beside") }, never)
  expect(order).toEqual(["holding begins", "beside begins", "beside ends", "holding ends"])
  expect(await copiesOf("held", url)).toEqual([name])
})

test("the newest stay, whatever their age", async () => {
  const { url, context } = await environment("kept", { BACKUP_KEEP: "2", BACKUP_KEEP_DAYS: "30" })
  const other = await environment("kept-too")
  const { name } = await backUp(other.context, never)
  const names: string[] = []
  for (let made = 0; made < 4; made++) names.push((await backUp(context, never)).name)
  expect(await copiesOf("kept", url)).toEqual(names.slice(2))
  expect(await copiesOf("kept-too", url)).toEqual([name])
})

test("an environment whose name is too long for a database's is told so, and nothing is copied", async () => {
  const name = `long-${"g".repeat(40)}`
  const { url, context } = await environment(name)
  await expect(backUp(context, never)).rejects.toThrow(/of at most 63 bytes, received long-g+.*; shorten/)
  expect(await copiesOf(name, url)).toEqual([])
})

test.skipIf(noSmallDisk)(
  "is refused where the disk is too full for it, and what serves goes on",
  async () => {
    const disk = smallDisk(300)
    await chmod(disk, 0o777)
    const cluster = scratch()
    onTestFinished(() => cluster.clear())
    const { url: maintenance } = await startPostgres({ ...cluster, folder: disk })
    await query(maintenance, "CREATE DATABASE platform")
    const full = withDatabase(maintenance, "platform")
    const { context } = dataContext({ url: full, environment: "full", settings: {} })
    const { bavail, bsize } = await statfs(disk)
    const filler = join(disk, "filler")
    await writeFile(filler, Buffer.alloc(bavail * bsize - 60 * 2 ** 20))
    await expect(backUp(context, never)).rejects.toThrow(/expected \d+ MB free in .*, found 60 MB; make room/)
    await query(full, "CREATE TABLE goes_on AS SELECT 1 AS one")
    await rm(filler)
    expect((await backUp(context, never)).kind).toBe("template copy")
  },
)

test("an aborted one leaves no copy", async () => {
  const { url, context } = await environment("aborted")
  const controller = new AbortController()
  const aborting = async <Result>(action: () => Promise<Result>) => {
    const result = await action()
    controller.abort(new Error("interrupted"))
    return result
  }
  await expect(backUp({ ...context, beside: aborting }, controller.signal)).rejects.toThrow("interrupted")
  expect(await copiesOf("aborted", url)).toEqual([])
})

test("what is done later does not reach it", async () => {
  const { url, context } = await environment("apart")
  await query(url, "INSERT INTO workflows (goal, connector) VALUES ('before', 'sandbox')")
  const { name, rows, tables } = await backUp(context, never)
  await query(url, "UPDATE workflows SET goal = 'after'")
  expect(await query(withDatabase(url, name), "SELECT goal FROM workflows")).toEqual([{ goal: "before" }])
  expect(totals(await connected(withDatabase(url, name), countRows))).toEqual({ tables, rows })
})
