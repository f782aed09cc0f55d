import { readFile } from "node:fs/promises"
import { execa } from "execa"
import { expect, test } from "vitest"
import { migrate } from "../../deploy/steps/migrate.js"
import type { Work } from "../../deploy/work.js"
import { everyTarget } from "../../environment/settings/every-target.js"
import { pending } from "../../migrations/pending.js"
import { project } from "../../pipeline/project.js"
import { migrationsIn } from "../../release/migrations.js"
import { tablesOf } from "../../release/tables.js"
import type { OneOff } from "../../targets/target.js"
import { testDatabases } from "../databases.js"

const databases = testDatabases()
const signal = new AbortController().signal

/** A deploy of the platform as it is to an empty database, but for what its record says of its tables. */
async function work(
  more: { readonly tables?: Record<string, string[]>; readonly allowBreaking?: boolean } = {},
) {
  const databaseUrl = await databases.fresh()
  const client = await databases.connect(databaseUrl)
  const migrations = await migrationsIn(project.migrations)
  const tables = { ...tablesOf(await readFile(project.schema, "utf8")), ...more.tables }
  const release = { schemaVersion: 1, commit: "c0".repeat(20), images: {}, migrations, tables }
  const said: string[] = []
  const run = async (_: unknown, { argv: [file = "", ...args], variables }: OneOff) => {
    const env = { ...variables, DATABASE_URL: databaseUrl, DOTENV_CONFIG_PATH: "/dev/null" }
    const { exitCode, stdout, stderr } = await execa(file, args, { cwd: "server", env, reject: false })
    return { exitCode, stdout, stderr }
  }
  const all = {
    ...{ target: { databaseUrl, run }, lock: { client }, order: { release, version: "v2" } },
    ...{ settings: { ...everyTarget.parse({}), platform: {} }, allowBreaking: false, ...more },
    ...{ say: (line: string) => said.push(line), hasChanged: false },
  } as unknown as Work
  all.pending = await pending(client, all.order.release)
  return { all, said }
}

test("pending migrations are applied, and the release fits", async () => {
  const { all } = await work()
  expect(await migrate(all, signal)).toBe(`applied ${all.pending.join(", ")}`)
})

test("a release that lacks a migration of its own is not started", async () => {
  const { all } = await work({ tables: { moons: ["id"] } })
  await expect(migrate(all, signal)).rejects.toThrow(
    "expected v2 to live with the schema that its migrations have made, but its table moons is gone",
  )
})

test("it is let through where breaking is allowed, and that is said", async () => {
  const { all, said } = await work({ tables: { moons: ["id"] }, allowBreaking: true })
  await migrate(all, signal)
  expect(said).toEqual(["let through by --allow-breaking: its table moons is gone"])
})
