import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { lint } from "../../migrations/lint.js"
import { MigrationProblem } from "../../migrations/problem.js"
import { project } from "../../pipeline/project.js"
import { script } from "./script.js"

const rules = async (sql: string) =>
  (await lint(script(sql), "17.10")).map(({ why }) => /\[squawk: (.*)\]/.exec(why)?.[1])

test.each([
  ["begins a transaction of its own", "BEGIN; SELECT 1; COMMIT;", "transaction-nesting"],
  ["leaves one open", "BEGIN; SELECT 1;", "ban-uncommitted-transaction"],
  [
    "makes an index concurrently beside something else",
    "CREATE INDEX CONCURRENTLY i ON t (a); SELECT 1;",
    "ban-concurrent-index-creation-in-transaction",
  ],
  ["drops a database", "DROP DATABASE other;", "ban-drop-database"],
  ["empties tables that it does not name", "TRUNCATE t CASCADE;", "ban-truncate-cascade"],
  [
    "constrains a domain",
    "ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0);",
    "ban-alter-domain-with-add-constraint",
  ],
  ["has a name that is cut off", `CREATE TABLE ${"t".repeat(64)} (id bigint);`, "identifier-too-long"],
])("a migration that %s is found", async (_, sql, rule) => {
  expect(await rules(sql)).toContain(rule)
})

test.each([
  ["makes an index concurrently, alone", "CREATE INDEX CONCURRENTLY i ON t (a);"],
  [
    "is written by Prisma",
    `ALTER TABLE "t" ADD COLUMN "a" INTEGER NOT NULL DEFAULT 0, DROP COLUMN "b";
     CREATE TABLE "u" ("id" SERIAL NOT NULL, "at" TIMESTAMP(3), CONSTRAINT "u_pkey" PRIMARY KEY ("id"));
     CREATE UNIQUE INDEX "u_at_key" ON "u"("at"); DROP TABLE "v";`,
  ],
])("a migration that %s is not", async (_, sql) => {
  expect(await rules(sql)).toEqual([])
})

test("the platform's own migrations have nothing harmful in them", async () => {
  const folders = (await readdir(project.migrations, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  )
  for (const { name } of folders)
    expect(await rules(await readFile(join(project.migrations, name, "migration.sql"), "utf8"))).toEqual([])
})

test("a finding says where it is and what to do instead", async () => {
  const [found] = await lint(script("SELECT 1;\nTRUNCATE t CASCADE;\n"), "17.10")
  expect(found).toMatchObject({ file: "1_test/migration.sql", line: 2, statement: "TRUNCATE t CASCADE;" })
  expect(found?.instead).toMatch(/Remove the `CASCADE`/)
})

test("for the transaction that Prisma writes it says why that has to go", async () => {
  const [found] = await lint(script("BEGIN;\nALTER TYPE a RENAME TO b;\nCOMMIT;\n"), "17.10")
  expect(found?.instead).toMatch(/remove BEGIN and COMMIT/)
})

test("a linter that can't be run is an error with its words", async () => {
  const broken = lint(script("SELECT 1"), "none")
  await expect(broken).rejects.toThrow(MigrationProblem)
  await expect(broken).rejects.toThrow(/expected squawk to lint a migration, received: .*pg-version/s)
})
