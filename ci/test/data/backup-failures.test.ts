import { existsSync } from "node:fs"
import { readFile, readdir } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest"
import { backUp } from "../../data/backup.js"
import { databaseName, withDatabase } from "../../data/postgres/address.js"
import { scratchName } from "../../data/postgres/scratch-database.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import type { ProgramCall } from "../../targets/target.js"
import { dataContext, never } from "./context.js"
import { startDebianPostgres, whyNoDebianPostgres } from "./debian-postgres.js"
import { databases, dropAtEnd, platformDatabase, platformTemplate, query } from "./platform-database.js"
import { smallDisk, whyNoSmallDisk } from "./small-disk.js"

const PROGRAM = fileURLToPath(new URL("backup-program.ts", import.meta.url))
const reason = whyNoDebianPostgres()
if (reason) console.warn(`failing backups are not tested: ${reason}`)

describe.skipIf(reason)("a backup by pg_dump", () => {
  let own: Scratch
  let server: string
  beforeAll(async () => {
    own = scratch()
    server = await startDebianPostgres(own)
    await platformTemplate(server)
  })
  afterAll(() => own.clear())

  async function environment(settings: Record<string, string> = {}) {
    const url = await platformDatabase(server, "staging")
    return { url, ...dataContext({ url, settings }) }
  }

  /** Holds something that a backup has to read, until the answer is called. */
  async function holding(url: string, statement: string): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(`BEGIN; ${statement}`)
    const release = () => client.end()
    onTestFinished(release)
    return release
  }
  /** `pg_dump` waits for it in the middle of its work. */
  const lockedSequence = (url: string) => holding(url, "ALTER SEQUENCE fencing_tokens RENAME TO held")
  const lockedTable = (url: string) => holding(url, "LOCK TABLE workflows IN ACCESS EXCLUSIVE MODE")

  const scratchDatabases = (url: string) => databases(server, `^${databaseName(url)}_`)

  test("that is killed leaves what the next one removes, and is never taken for one", async () => {
    const { url, context, store } = await environment()
    const release = await lockedSequence(url)
    const child = execa("npx", ["tsx", PROGRAM, store], {
      env: { DATABASE_URL: url },
      detached: true,
      reject: false,
    })
    await until(() => existsSync(store) && readdir(store).then((files) => files.length > 0))
    process.kill(-(child.pid ?? 0), "SIGKILL")
    await child
    const left = await readdir(store)
    expect(left).toEqual([expect.stringMatching(/\.dump\.partial$/)])
    await release()
    await query(server, `CREATE DATABASE ${scratchName(databaseName(url), "check", "0a1b2c")}`)
    const backup = await backUp(context, never)
    expect(await readdir(store)).toEqual([`${backup.name}.dump`, `${backup.name}.json`])
    expect(await scratchDatabases(url)).toEqual([])
  })

  test("that is aborted leaves nothing, and its password is no argument", async () => {
    const { url, context, store } = await environment()
    await lockedSequence(url)
    const controller = new AbortController()
    const backup = backUp(context, controller.signal)
    await until(async () => (await argumentsOf("pg_dump")).some((args) => args.includes(databaseName(url))))
    const { password } = new URL(url)
    expect((await argumentsOf("pg_dump")).filter((args) => args.includes(password))).toEqual([])
    controller.abort(new Error("interrupted"))
    await expect(backup).rejects.toThrow("interrupted")
    expect(await readdir(store)).toEqual([])
    expect(await argumentsOf("pg_dump")).not.toContainEqual(expect.stringContaining(databaseName(url)))
    expect(await scratchDatabases(url)).toEqual([])
  })

  test("that is aborted while it waits for a table leaves nothing", async () => {
    const { url, context, store } = await environment()
    await lockedTable(url)
    const controller = new AbortController()
    const refused = expect(backUp(context, controller.signal)).rejects.toThrow("interrupted")
    const waiting =
      "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    await until(async () => (await query(url, waiting)).length > 0)
    controller.abort(new Error("interrupted"))
    await refused
    expect(await readdir(store)).toEqual([])
    expect(await scratchDatabases(url)).toEqual([])
  })

  test("whose pg_dump is killed is not taken for whole", async () => {
    const { url, context, store } = await environment()
    await lockedSequence(url)
    const backup = backUp(context, never)
    const refused = expect(backup).rejects.toThrow(/expected pg_dump to succeed, received: .*SIGKILL/)
    // Looked for once: while Debian's wrapper becomes the program, it has no arguments.
    let ids: number[] = []
    await until(async () => (ids = await idsOf("pg_dump", databaseName(url))).length > 0)
    for (const id of ids) process.kill(id, "SIGKILL")
    await refused
    expect(await readdir(store)).toEqual([])
    expect(await scratchDatabases(url)).toEqual([])
  })

  test("whose program fails after its output was closed is not taken for whole", async () => {
    const { context, store } = await environment()
    const closing = async ({ output }: ProgramCall) => {
      output?.end("a beginning")
      await sleep(500)
      throw new Error("ended with exit code 1")
    }
    const target = { ...context.target, postgres: { origin: "a test", run: closing } }
    await expect(backUp({ ...context, target }, never)).rejects.toThrow("ended with exit code 1")
    expect(await readdir(store)).toEqual([])
  })

  test("whose program writes nothing and says so to nobody is not taken for whole", async () => {
    const { context, store } = await environment()
    const postgres = { origin: "a test", run: () => Promise.resolve() }
    const silent = { ...context, target: { ...context.target, postgres } }
    await expect(backUp(silent, never)).rejects.toThrow("expected pg_dump to write a dump, received nothing")
    expect(await readdir(store)).toEqual([])
  })

  test("counts the rows of its own moment while others write", async () => {
    const { url, context } = await environment()
    const writing = new AbortController()
    const written = writeUntil(writing.signal, url)
    const backups = [await backUp(context, never), await backUp(context, never)]
    writing.abort()
    await written
    expect(backups.map(({ notProved }) => notProved)).toEqual([undefined, undefined])
    expect(backups[1]?.rows).toBeGreaterThan(backups[0]?.rows ?? 0)
  })

  test("leaves one alone that is under way at the same time", async () => {
    const { url, context, store } = await environment()
    const release = await lockedSequence(url)
    const one = backUp(context, never)
    await until(async () => (await idsOf("pg_dump", databaseName(url))).length === 1)
    const two = backUp({ ...context, label: "other" }, never)
    await until(async () => (await idsOf("pg_dump", databaseName(url))).length === 2)
    expect(await readdir(store)).toHaveLength(2)
    await release()
    expect((await Promise.all([one, two])).map(({ notProved }) => notProved)).toEqual([undefined, undefined])
    expect(await readdir(store)).toHaveLength(4)
  })

  test("is proved by an account that may not connect to the database postgres", async () => {
    const { url, context } = await environment()
    const role = `apart_${databaseName(url)}`
    await query(server, `CREATE ROLE ${role} LOGIN CREATEDB PASSWORD 'limited' IN ROLE pg_read_all_data`)
    await query(server, "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC")
    onTestFinished(async () => {
      await query(server, "GRANT CONNECT ON DATABASE postgres TO PUBLIC")
      await query(server, `DROP ROLE ${role}`)
    })
    const apart = Object.assign(new URL(url), { username: role, password: "limited" }).href
    const backup = await backUp({ ...context, target: { name: "swarm", databaseUrl: apart } }, never)
    expect(backup.notProved).toBeUndefined()
    expect(await scratchDatabases(url)).toEqual([])
  })

  test("is kept, and said to be unproved, when the account may make no database", async () => {
    const { url, context, store, said } = await environment()
    const role = `poor_${databaseName(url)}`
    await query(server, `CREATE ROLE ${role} LOGIN PASSWORD 'limited' IN ROLE pg_read_all_data`)
    onTestFinished(async () => {
      await query(server, `DROP ROLE ${role}`)
    })
    const poor = Object.assign(new URL(url), { username: role, password: "limited" }).href
    const backup = await backUp({ ...context, target: { name: "swarm", databaseUrl: poor } }, never)
    expect(backup.notProved).toMatch(
      /^not proved: .*permission denied to create database.*; give it CREATEDB/,
    )
    expect(said).toEqual([`${backup.name} is ${backup.notProved}`])
    expect(await readdir(store)).toEqual([`${backup.name}.dump`, `${backup.name}.json`])
  })

  test("keeps as many as the settings say, and no other environment's are touched", async () => {
    const { url, context, store } = await environment({ BACKUP_KEEP: "2", BACKUP_KEEP_DAYS: "0" })
    const { context: other } = dataContext({ url, environment: "other", settings: { BACKUP_STORE: store } })
    const names = [await backUp(other, never)]
    for (let made = 0; made < 3; made++) names.push(await backUp(context, never))
    const kept = [0, 2, 3].flatMap((index) => [`${names[index]?.name}.dump`, `${names[index]?.name}.json`])
    expect((await readdir(store)).sort()).toEqual(kept.sort())
  })

  test("says what it can't connect to, without the password", async () => {
    const { url, context } = await environment()
    const wrong = Object.assign(new URL(url), { password: "a-wrong-secret" }).href
    const error = await backUp(
      { ...context, target: { ...context.target, databaseUrl: wrong } },
      never,
    ).catch(String)
    expect(error).toMatch(/expected .* to accept the role "postgres"/)
    expect(error).not.toContain("a-wrong-secret")
    const missing = { ...context.target, databaseUrl: withDatabase(url, "missing") }
    await expect(backUp({ ...context, target: missing }, never)).rejects.toThrow(
      /expected a database "missing"/,
    )
  })

  test("is refused without a place to put it", async () => {
    const { context } = await environment()
    const { BACKUP_STORE, ...settings } = context.settings
    expect(BACKUP_STORE).toBeDefined()
    const swarm = { ...context, settings, target: { ...context.target, name: "swarm" } }
    await expect(backUp(swarm, never)).rejects.toThrow(
      /expected BACKUP_STORE in the settings, found none; set it/,
    )
  })

  const noDisk = whyNoSmallDisk()
  if (noDisk) console.warn(`a backup to a full disk is not tested: ${noDisk}`)
  test.skipIf(noDisk)("fails on a full disk, and leaves nothing", async () => {
    const folder = smallDisk()
    const { url, context } = await environment({ BACKUP_STORE: folder })
    const random = "(SELECT string_agg(md5(random()::text || n), '') FROM generate_series(1, 200000) n)"
    await query(url, `INSERT INTO workflows (goal, connector) VALUES (${random}, 'sandbox')`)
    await expect(backUp(context, never)).rejects.toThrow(/found the disk full \(ENOSPC\)/)
    expect(await readdir(folder)).toEqual([])
    expect(await scratchDatabases(url)).toEqual([])
  })

  test("never drops another database, however alike its name", async () => {
    const { url, context } = await environment()
    const alike = `${databaseName(url)}_checks`
    dropAtEnd(server, alike)
    await query(server, `CREATE DATABASE ${alike}`)
    await backUp(context, never)
    expect(await scratchDatabases(url)).toEqual([alike])
  })
})

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20)
}

async function writeUntil(signal: AbortSignal, url: string): Promise<void> {
  while (!signal.aborted)
    await query(
      url,
      "INSERT INTO workflows (goal, connector) SELECT 'busy', 'sandbox' FROM generate_series(1, 20)",
    )
}

/** The arguments of every process of a program. */
async function argumentsOf(program: string): Promise<string[]> {
  return [...(await processes()).values()].filter((args) => args.includes(program))
}

/** The ids of a program's processes that have a word among their arguments. */
async function idsOf(program: string, word: string): Promise<number[]> {
  const found = [...(await processes())].filter(([, args]) => args.includes(program) && args.includes(word))
  return found.map(([id]) => id)
}

async function processes(): Promise<Map<number, string>> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const read = async (id: string) =>
    [Number(id), await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")] as const
  return new Map(await Promise.all(ids.map(read)))
}
