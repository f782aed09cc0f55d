import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { Client } from "pg"
import { describe, expect, onTestFinished, test } from "vitest"
import { startPostgres } from "../../../host/postgres/cluster.js"
import { scratch } from "../../../host/reaper/scratch.js"
import { as, CALLERS, type Caller } from "../caller.js"
import { checkout } from "../../../trial/checkout.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn, leftIn } from "../leftovers.js"
import { ON_HOST } from "../ci-run.js"

/** A test file of the server that notes in which database it runs, and leaves a table there. */
const noting = (name: string) => `
  import { writeFileSync } from "node:fs"
  import { test } from "vitest"
  import { testDatabase } from "./platform/database.js"

  const { query } = await testDatabase()
  test("notes where it runs", async () => {
    await query("CREATE TABLE left_behind ()")
    const migrations = "(SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL)"
    const rows = await query(\`SELECT current_database() AS name, inet_server_port() AS port, \${migrations} AS migrations\`)
    writeFileSync("${name}.json", JSON.stringify(rows[0]))
  })
`

interface Note {
  readonly name: string
  readonly port: number
  readonly migrations: number
}

/** Runs two such files in place of the server's own tests. */
async function noted(caller: Caller, environment: Record<string, string> = {}) {
  const { folder, remove } = await checkout()
  onTestFinished(remove)
  const tests = join(folder, "server/test")
  const own = (await readdir(tests, { recursive: true })).filter((name) => name.endsWith(".test.ts"))
  await Promise.all(own.map((name) => rm(join(tests, name))))
  for (const name of ["one", "two"]) await writeFile(join(tests, `${name}.test.ts`), noting(name))
  const { env, ...options } = await as(caller, folder)
  const args = ["run", "--silent", "ci", "--", "test", "--only", "server", ...ON_HOST]
  const child = execa("npm", args, { ...options, env: { ...env, ...environment }, stdin: "ignore" })
  const postgres = await counted(env["TMPDIR"] ?? "", child)
  const note = async (name: string) =>
    JSON.parse(await readFile(join(folder, "server", `${name}.json`), "utf8")) as Note
  const migrations = await readdir(join(folder, "server/prisma/migrations"), { withFileTypes: true })
  return {
    notes: [await note("one"), await note("two")] as const,
    migrations: migrations.filter((entry) => entry.isDirectory()).length,
    postgres,
    temporary: env["TMPDIR"] ?? "",
  }
}

/** How often a PostgreSQL of the run's own was seen until it ended. */
async function counted(temporary: string, run: PromiseLike<unknown>): Promise<number> {
  let seen = 0
  const over = run.then(() => true)
  while (!(await Promise.race([over, sleep(200, false)]))) {
    const left = await leftIn(temporary)
    seen += left.filter((line) => line.includes("bin/postgres")).length
  }
  return seen
}

/** A PostgreSQL of the caller, and the databases that it has. */
async function callersPostgres() {
  const own = scratch()
  onTestFinished(() => own.clear())
  const { url } = await startPostgres(own)
  const databases = async () => {
    const client = new Client({ connectionString: url })
    await client.connect()
    const query = "SELECT datname AS name FROM pg_database ORDER BY 1"
    const { rows } = await client.query<{ name: string }>(query).finally(() => client.end())
    return rows.map(({ name }) => name)
  }
  return { url, databases }
}

describe.each(CALLERS)("called by %s", (caller) => {
  test("every test file has a migrated database of its own, in a PostgreSQL that goes with the run", async () => {
    const { notes, migrations, postgres, temporary } = await noted(caller)
    const [one, two] = notes
    expect(migrations).toBeGreaterThan(0)
    expect([one.migrations, two.migrations]).toEqual([migrations, migrations])
    expect(one.name).not.toBe(two.name)
    expect(one.port).toBe(two.port)
    expect(postgres).toBeGreaterThan(0)
    await expectNothingLeftIn(temporary, AT_ONCE_SECONDS)
  })

  test("TEST_DATABASE_URL is used instead, and is left as it was", async () => {
    const { url, databases } = await callersPostgres()
    const before = await databases()
    const { notes, postgres } = await noted(caller, { TEST_DATABASE_URL: url })
    expect(notes.map(({ port }) => port)).toEqual([Number(new URL(url).port), Number(new URL(url).port)])
    expect(postgres).toBe(0)
    expect(await databases()).toEqual(before)
  })
})
