import { readFile } from "node:fs/promises"
import { afterAll, expect, test } from "vitest"
import { misfits } from "../../deploy/after-restore.js"
import { startPostgres } from "../../host/postgres/cluster.js"
import { scratch } from "../../host/reaper/scratch.js"
import { project } from "../../pipeline/project.js"
import { migrationsIn } from "../../release/migrations.js"
import { tablesOf } from "../../release/tables.js"
import { platformDatabase, platformTemplate } from "../data/platform-database.js"

const own = scratch()
afterAll(() => own.clear())

test("who restores is told when what serves can't live with it, and what to do", async () => {
  const server = (await startPostgres(own)).url
  await platformTemplate(server)
  const databaseUrl = await platformDatabase(server, "staging")
  const known = await migrationsIn(project.migrations)
  const tables = tablesOf(await readFile(project.schema, "utf8"))
  const asked = (migrations: typeof known) =>
    misfits({
      ...{ databaseUrl, environment: "staging" },
      serving: {
        ...{ colour: "blue" as const, version: "v2" },
        release: { schemaVersion: 1, commit: "c0".repeat(20), build: "b".repeat(64), migrations, tables },
      },
    })
  expect(await asked(known)).toEqual([])
  const later = { name: "20990101000000_later", checksum: "0".repeat(64) }
  const words = (await asked([...known, later])).join("\n")
  expect(words).toMatch(
    /what serves, v2 .* can't live with it:\n {2}its migration 20990101000000_later is not/,
  )
  expect(words).toContain("rollback --environment staging")
})
