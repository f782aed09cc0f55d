import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { MigrationProblem } from "../../migrations/problem.js"
import { sqlOf } from "../../migrations/script.js"
import type { BuiltRecord } from "../../release/deployable.js"
import { migrationsIn } from "../../release/migrations.js"

const COMMIT = "c0".repeat(20)

async function built(scripts: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "scripts-"))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, sql] of Object.entries(scripts)) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, "migration.sql"), sql)
  }
  const migrations = await migrationsIn(folder)
  const release: BuiltRecord = {
    schemaVersion: 1,
    commit: COMMIT,
    build: "b1".repeat(32),
    migrations,
    tables: {},
  }
  return { folder, release }
}

test("scripts are read in the order in which they are asked for, and no others", async () => {
  const { folder, release } = await built({ one: "SELECT 1;\n", two: "SELECT 'ü';\n", three: "SELECT 3;\n" })
  expect(await sqlOf(release, { names: ["two", "one"], folder })).toEqual([
    { name: "two", file: join(folder, "two/migration.sql"), sql: "SELECT 'ü';\n" },
    { name: "one", file: join(folder, "one/migration.sql"), sql: "SELECT 1;\n" },
  ])
})

test("a script with another text is refused, with the commit to check out", async () => {
  const { folder, release } = await built({ one: "SELECT 1;\n" })
  await writeFile(join(folder, "one/migration.sql"), "SELECT 2;\n")
  const read = sqlOf(release, { names: ["one"], folder })
  await expect(read).rejects.toThrow(MigrationProblem)
  await expect(read).rejects.toThrow(
    new RegExp(`one/migration.sql as it is in .*, found another text; git checkout ${COMMIT}`),
  )
})

test("a script that is missing is refused in the same way", async () => {
  const { folder, release } = await built({ one: "SELECT 1;\n" })
  await rm(join(folder, "one"), { recursive: true })
  const read = sqlOf(release, { names: ["one"], folder })
  await expect(read).rejects.toThrow(/found no such file; git checkout c0c0/)
})
