import { copyFile, readFile, readdir, truncate, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { generateIdentity } from "age-encryption"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest"
import { backUp } from "../../data/backup.js"
import { pathPrograms } from "../../data/backup/path-programs.js"
import { databaseName, withDatabase } from "../../data/postgres/address.js"
import { restore } from "../../data/restore.js"
import { startPostgres } from "../../host/postgres/cluster.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import type { PostgresPrograms, ProgramCall } from "../../targets/target.js"
import { clientUntil } from "./busy-client.js"
import { dataContext, never } from "./context.js"
import { startDebianPostgres, whyNoDebianPostgres } from "./debian-postgres.js"
import { databases, platformDatabase, platformTemplate, query } from "./platform-database.js"

let own: Scratch
beforeAll(() => {
  own = scratch()
})
afterAll(() => own.clear())

const goals = (url: string, goal: string, times: number) =>
  query(
    url,
    `INSERT INTO workflows (goal, connector) SELECT $1, 'sandbox' FROM generate_series(1, $2::int)`,
    [goal, times],
  )
const countOf = (url: string) =>
  query(url, "SELECT goal, count(*)::int FROM workflows GROUP BY goal ORDER BY goal")

describe("from a template copy", () => {
  let server: string
  beforeAll(async () => {
    server = (await startPostgres(own)).url
    await platformTemplate(server)
  })

  test("is in place although somebody else has taken the lock right after, and it is said", async () => {
    const url = await platformDatabase(server, "local")
    const { context, said } = dataContext({ url, environment: "local" })
    await backUp(context, never)
    await goals(url, "second", 2)
    const beside = async <Result>(action: () => Promise<Result>): Promise<Result> => {
      await action()
      throw new Error("held by ada on laptop")
    }
    const restored = await restore({ ...context, beside }, "latest", never)
    expect(await countOf(url)).toEqual([])
    expect(await countOf(withDatabase(url, restored.kept))).toEqual([{ goal: "second", count: 2 }])
    expect(said).toContain("somebody else changes the environment by now: held by ada on laptop")
  })

  test("the copy is put in place and stays a backup; the database of before is kept", async () => {
    const url = await platformDatabase(server, "local")
    await goals(url, "first", 3)
    const { context, said } = dataContext({ url, environment: "local" })
    const backup = await backUp(context, never)
    await goals(url, "second", 2)
    const restored = await restore(context, "latest", never)
    expect(restored).toMatchObject({ name: backup.name, kind: "template copy", rows: backup.rows })
    expect(await countOf(url)).toEqual([{ goal: "first", count: 3 }])
    expect(await countOf(withDatabase(url, restored.kept))).toEqual([
      { goal: "first", count: 3 },
      { goal: "second", count: 2 },
    ])
    expect(said.at(-1)).toContain(`kept as ${restored.kept}`)
    expect(await restore(context, backup.name, never)).toMatchObject({ name: backup.name })
    expect(await databases(server, `^${databaseName(url)}_restore_`)).toEqual([])
  })
})

/** The programs on PATH, of which each call is aborted as soon as it has begun. */
function abortingPrograms(controller: AbortController): PostgresPrograms {
  const programs = pathPrograms(15)
  const abortedRun = (call: ProgramCall) => {
    const running = programs.run(call)
    controller.abort(new Error("interrupted"))
    return running
  }
  return { ...programs, run: abortedRun }
}

const reason = whyNoDebianPostgres()
if (reason) console.warn(`restoring a dump is not tested: ${reason}`)

describe.skipIf(reason)("from a dump", () => {
  let server: string
  beforeAll(async () => {
    server = await startDebianPostgres(own)
    await platformTemplate(server)
  })

  /** An environment with one backup of three workflows, and two workflows more since. */
  async function backedUp(settings: Record<string, string> = {}) {
    const url = await platformDatabase(server, "staging")
    await goals(url, "first", 3)
    const { context, store, said } = dataContext({ url, settings })
    const backup = await backUp(context, never)
    await goals(url, "second", 2)
    const file = join(store, (await readdir(store)).find((name) => !name.endsWith(".json")) ?? "")
    return { url, context, store, said, backup, file }
  }

  /** Expects the environment as `backedUp` leaves it. */
  async function expectUntouched(url: string) {
    expect(await countOf(url)).toEqual([
      { goal: "first", count: 3 },
      { goal: "second", count: 2 },
    ])
    expect(await databases(server, `^${databaseName(url)}_`)).toEqual([])
  }

  test("is put in place at once, under a session that goes on asking", async () => {
    const { url, context, backup } = await backedUp()
    const session = new Client({ connectionString: url })
    session.on("error", () => undefined)
    await session.connect()
    const restored = await restore(context, "latest", never)
    expect(restored).toMatchObject({
      name: backup.name,
      kind: "dump",
      tables: backup.tables,
      rows: backup.rows,
    })
    expect(await countOf(url)).toEqual([{ goal: "first", count: 3 }])
    expect(await databases(server, `^${databaseName(url)}_`)).toEqual([restored.kept])
    await expect(session.query("SELECT 1")).rejects.toThrow()
  })

  test("is put in place while sessions come back at once", async () => {
    const { url, context } = await backedUp()
    const over = new AbortController()
    const clients = Array.from({ length: 6 }, () => clientUntil(over.signal, url))
    await restore(context, "latest", never)
    over.abort()
    expect((await Promise.all(clients)).every((served) => served > 0)).toBe(true)
    expect(await countOf(url)).toEqual([{ goal: "first", count: 3 }])
  })

  test("the environment's mark stays, and the platform can write on", async () => {
    const { url, context } = await backedUp()
    await restore(context, "latest", never)
    expect(await query(url, "SELECT name FROM delivery.environment")).toEqual([{ name: "staging" }])
    await goals(url, "third", 1)
    expect(await query(url, "SELECT max(number)::int AS number FROM workflows")).toEqual([{ number: 4 }])
  })

  test("that is cut off is refused, and nothing is touched", async () => {
    const { url, context, file } = await backedUp()
    const { length } = await readFile(file)
    await truncate(file, length - 200)
    await expect(restore(context, "latest", never)).rejects.toThrow(
      /expected a whole backup in .*dump, received: .*pg_restore/s,
    )
    await expectUntouched(url)
  })

  test("with one changed byte is refused, and nothing is touched", async () => {
    const { url, context, file } = await backedUp()
    const content = await readFile(file)
    content[content.length - 4] = (content.at(-4) ?? 0) ^ 1
    await writeFile(file, content)
    await expect(restore(context, "latest", never)).rejects.toThrow(
      /expected a whole backup in .*dump, received: .*pg_restore/s,
    )
    await expectUntouched(url)
  })

  test("that was exchanged for another with as many rows is refused, and nothing is touched", async () => {
    const { url, context, file } = await backedUp()
    await query(url, "DELETE FROM workflows WHERE goal = 'second'")
    await query(url, "UPDATE workflows SET goal = 'other'")
    const other = await backUp({ ...context, label: "other" }, never)
    await copyFile(file, other.location)
    await expect(restore(context, "latest", never)).rejects.toThrow(/other bytes; take another backup/)
    expect(await countOf(url)).toEqual([{ goal: "other", count: 3 }])
  })

  test("encrypted: with its key it comes back, with another one it is refused", async () => {
    const { url, context, file } = await backedUp({ BACKUP_KEY: await generateIdentity() })
    expect(file).toMatch(/\.dump\.age$/)
    expect((await readFile(file)).includes("workflows")).toBe(false)
    const other = { ...context, settings: { ...context.settings, BACKUP_KEY: await generateIdentity() } }
    await expect(restore(other, "latest", never)).rejects.toThrow(/set BACKUP_KEY to the key/)
    await expectUntouched(url)
    await restore(context, "latest", never)
    expect(await countOf(url)).toEqual([{ goal: "first", count: 3 }])
  })

  test("encrypted and cut off, it is refused", async () => {
    const { url, context, file } = await backedUp({ BACKUP_KEY: await generateIdentity() })
    const { length } = await readFile(file)
    await truncate(file, length - 10)
    await expect(restore(context, "latest", never)).rejects.toThrow(
      /expected a whole backup in .*\.age, received/,
    )
    await expectUntouched(url)
  })

  test("encrypted, without a key in the settings, it is refused", async () => {
    const { url, context, store } = await backedUp({ BACKUP_KEY: await generateIdentity() })
    const { context: without } = dataContext({ url, settings: { BACKUP_STORE: store } })
    await expect(restore(without, "latest", never)).rejects.toThrow(
      /expected BACKUP_KEY in the settings, found none/,
    )
    await expectUntouched(url)
    expect(context.settings.BACKUP_KEY).toBeDefined()
  })

  test("of another environment is refused, also under a name that pretends", async () => {
    const { context, store, backup, file } = await backedUp()
    const url = await platformDatabase(server, "production")
    const { context: production } = dataContext({
      url,
      environment: "production",
      settings: { BACKUP_STORE: store },
    })
    await expect(restore(production, backup.name, never)).rejects.toThrow(/received one of staging/)
    await copyFile(file, join(store, "production-20260101T000000000Z-manual.dump"))
    await expect(restore(production, "latest", never)).rejects.toThrow(/received one of staging/)
    expect(await databases(server, `^${databaseName(url)}_`)).toEqual([])
    expect(context.settings.environment).toBe("staging")
  })

  test("that is not there is an error with those that are", async () => {
    const { context, backup } = await backedUp()
    const missing = restore(context, "staging-20260101T000000000Z-manual", never)
    await expect(missing).rejects.toThrow(
      new RegExp(`expected the backup staging-2026.*found these: ${backup.name}`),
    )
    const { context: empty } = dataContext({ url: context.target.databaseUrl })
    await expect(restore(empty, "latest", never)).rejects.toThrow(/found none; make one with backup/)
  })

  test("an account that may not rename the database is told what to do, and nothing is touched", async () => {
    const { url, context } = await backedUp()
    const role = `limited_${databaseName(url)}`
    await query(server, `CREATE ROLE ${role} LOGIN CREATEDB PASSWORD 'limited'`)
    onTestFinished(async () => {
      await query(url, `DROP OWNED BY ${role}`)
      await query(server, `DROP ROLE ${role}`)
    })
    await query(url, `GRANT CREATE ON DATABASE ${databaseName(url)} TO ${role}`)
    const limited = Object.assign(new URL(url), { username: role, password: "limited" }).href
    const target = { ...context.target, databaseUrl: limited }
    const refused = restore({ ...context, target }, "latest", never)
    await expect(refused).rejects.toThrow(
      /expected to rename the database .* nothing was changed; let its owner/,
    )
    await expectUntouched(url)
  })

  test("an aborted restore leaves nothing", async () => {
    const { url, context } = await backedUp()
    const controller = new AbortController()
    const aborting = { ...context, target: { ...context.target, postgres: abortingPrograms(controller) } }
    await expect(restore(aborting, "latest", controller.signal)).rejects.toThrow("interrupted")
    await expectUntouched(url)
  })
})
