import { readFile, readdir } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { backUp } from "../../data/backup.js"
import { databaseName } from "../../data/postgres/address.js"
import { restore } from "../../data/restore.js"
import { sanitize } from "../../data/sanitize.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import { dataContext, folderOfTest, never } from "./context.js"
import { startDebianPostgres, whyNoDebianPostgres } from "./debian-postgres.js"
import { databases, platformDatabase, platformTemplate, query } from "./platform-database.js"

const reason = whyNoDebianPostgres()
if (reason) console.warn(`sanitizing is not tested: ${reason}`)

/** Words that nobody else writes, one for each column that holds somebody's words. */
const CANARIES = [
  "canarygoal",
  "canarystepname",
  "canaryprompt",
  "canaryrunerror",
  "canaryrunstepname",
  "canarysentprompt",
  "canaryoutput",
  "canarysteperror",
  "canarykeyname",
  "canarykeyhash",
  "canarymigrationlog",
  "canarywho",
  "canaryhost",
] as const

const FILLED = `
  WITH workflow AS (
    INSERT INTO workflows (goal, connector) VALUES ('canarygoal with ünïcode', 'sandbox') RETURNING id
  ), step AS (
    INSERT INTO workflow_steps SELECT id, 1, 'canarystepname', 'canaryprompt {{goal}}' FROM workflow
  ), run AS (
    INSERT INTO runs (workflow_id, status, error, finished_at)
    SELECT id, 'failed', 'canaryrunerror', now() FROM workflow RETURNING id
  ), run_step AS (
    INSERT INTO run_steps (run_id, position, name, prompt, status, output, error)
    SELECT id, 1, 'canaryrunstepname', 'canarysentprompt', 'failed', repeat('canaryoutput ', 1000), 'canarysteperror' FROM run
  ), key AS (
    INSERT INTO api_keys (name, secret_hash) VALUES ('canarykeyname', 'canarykeyhash')
  ), deployment AS (
    INSERT INTO delivery.deployments (environment, kind, release, version, who, host)
    VALUES ('production', 'deploy', '{}', 'v1', 'canarywho', 'canaryhost')
  ), fingerprint AS (
    INSERT INTO delivery.fingerprints (environment, name, salt, hash) VALUES ('production', 'KEY', 'salt', 'hash')
  )
  UPDATE _prisma_migrations SET logs = 'canarymigrationlog'`

describe.skipIf(reason)("a sanitized dump", () => {
  let own: Scratch
  let server: string
  beforeAll(async () => {
    own = scratch()
    server = await startDebianPostgres(own)
    await platformTemplate(server)
  })
  afterAll(() => own.clear())

  /** A production with a backup of rows in which every canary stands. */
  async function production() {
    const url = await platformDatabase(server, "production")
    await query(url, FILLED)
    const { context, store } = dataContext({ url, environment: "production" })
    const backup = await backUp(context, never)
    return { url, context, store, backup, to: folderOfTest() }
  }

  test("holds none of the original words, packed or unpacked, and as many rows", async () => {
    const { url, context, store, backup, to } = await production()
    expect(await unpacked(join(store, `${backup.name}.dump`))).toSatisfy((text: string) =>
      CANARIES.every((canary) => text.includes(canary)),
    )
    const sanitized = await sanitize(context, { from: "latest", to }, never)
    expect(sanitized.name).toBe(`sanitized-${backup.name}`)
    const file = join(to, `${sanitized.name}.dump`)
    const all = (await readFile(file, "latin1")) + (await unpacked(file))
    expect(CANARIES.filter((canary) => all.includes(canary))).toEqual([])
    expect(all).toContain("Lorem ipsum")
    expect(await databases(server, `^${databaseName(url)}_`)).toEqual([])
  })

  test("may be restored into staging, which it is marked as then, and not into production", async () => {
    const { context, to } = await production()
    const { name } = await sanitize(context, { from: "latest", to }, never)
    const url = await platformDatabase(server, "staging")
    const { context: staging } = dataContext({ url, settings: { BACKUP_STORE: to } })
    await restore(staging, name, never)
    expect(await query(url, "SELECT name FROM delivery.environment")).toEqual([{ name: "staging" }])
    // By which staging notices that it has a key of production's.
    expect(await query(url, "SELECT environment, name FROM delivery.fingerprints")).toEqual([
      { environment: "production", name: "KEY" },
    ])
    expect(await query(url, "SELECT to_regclass('delivery.sanitized') AS mark")).toEqual([{ mark: null }])
    const joined = await query(
      url,
      `SELECT goal, workflow_steps.name = run_steps.name AS "sameName", length(output) AS length, status
       FROM workflows JOIN workflow_steps ON workflow_id = id JOIN run_steps USING (position)`,
    )
    expect(joined).toEqual([
      { goal: "Lorem ipsum dolor sit a", sameName: false, length: 13_000, status: "failed" },
    ])
    const production_ = { ...context, settings: { ...context.settings, BACKUP_STORE: to } }
    await expect(restore(production_, name, never)).rejects.toThrow(/received a sanitized one/)
  })

  test("is refused while a column is undeclared, naming all of them, and nothing is written", async () => {
    const { url, context, to } = await production()
    await query(url, "CREATE TABLE notes (words text)")
    await query(url, "ALTER TABLE workflows ADD COLUMN owner text, ADD COLUMN mail text")
    await backUp(context, never)
    const refused = sanitize(context, { from: "latest", to }, never)
    await expect(refused).rejects.toThrow(
      /found undeclared: public\.notes, public\.workflows\.owner, public\.workflows\.mail;/,
    )
    expect(await readdir(to)).toEqual([])
    expect(await databases(server, `^${databaseName(url)}_`)).toEqual([])
  })

  test("is refused while there are large objects", async () => {
    const { url, context, to } = await production()
    await query(url, "SELECT lo_from_bytea(0, 'canary')")
    await backUp(context, never)
    await expect(sanitize(context, { from: "latest", to }, never)).rejects.toThrow(
      /undeclared: large objects/,
    )
  })
})

/** A dump as SQL. */
async function unpacked(file: string): Promise<string> {
  const { stdout } = await execa("pg_restore", ["--file=-", file])
  return stdout
}
