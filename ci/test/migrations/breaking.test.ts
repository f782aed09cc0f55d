import { expect, test } from "vitest"
import { breaking } from "../../migrations/breaking.js"
import { MigrationProblem } from "../../migrations/problem.js"
import { BREAKING, HARMLESS, SERVING } from "./cases.js"
import { script } from "./script.js"

const reasons = async (sql: string, serving: typeof SERVING | undefined = SERVING) =>
  (await breaking([script(sql)], serving)).map(({ why }) => why)

test.each(BREAKING)("a migration that %s breaks what serves", async (_, sql, expected) => {
  const parts = [expected].flat().map((part) => expect.stringContaining(part) as string)
  expect(await reasons(sql)).toEqual(parts)
})

test.each(HARMLESS)("a migration that %s breaks nothing", async (_, sql) => {
  expect(await reasons(sql)).toEqual([])
})

test("when it is not known what serves, everything is taken to be used", async () => {
  const sql =
    "DROP TABLE old; DROP TYPE t; ALTER TABLE runs DROP COLUMN a; ALTER TABLE runs ADD b INT NOT NULL"
  expect((await breaking([script(sql)], undefined)).map(({ why }) => why)).toEqual([
    "the serving version uses old",
    "the serving version uses t",
    "the serving version uses the column a of runs",
    expect.stringContaining("does not write the new column b of runs"),
  ])
})

test("what the migrations make themselves is nobody's, even then", async () => {
  const sql = `
    CREATE TABLE made (id INT); ALTER TABLE made ADD a INT NOT NULL; ALTER TABLE made RENAME TO done; DROP TABLE done;
    ALTER TABLE runs ADD b INT; ALTER TABLE runs ALTER b TYPE TEXT; ALTER TABLE runs DROP b;
    CREATE TYPE t AS ENUM ('a'); ALTER TYPE t RENAME TO u; DROP TYPE u`
  expect(await breaking([script(sql)], undefined)).toEqual([])
})

test("what an earlier of the migrations makes is nobody's for a later one", async () => {
  const scripts = [script("CREATE TABLE made (id INT)"), script("DROP TABLE made")]
  expect(await breaking(scripts, undefined)).toEqual([])
})

test("a finding says where it is, after comments and letters of several bytes, and what to do instead", async () => {
  const sql = "-- für später\nSELECT 'ü';\n\n/* the\n table */ -- goes\nDROP TABLE\n  runs;\nSELECT 1"
  expect(await breaking([script(sql)], SERVING)).toEqual([
    {
      file: "1_test/migration.sql",
      line: 6,
      statement: "DROP TABLE runs",
      why: "the serving version uses runs",
      instead: "stop using it in one release, and take it away in a later one, when that release serves",
    },
  ])
})

test("what is no SQL is named by file and line", async () => {
  const broken = breaking([script("SELECT 1;\nALTER TABEL runs")], SERVING)
  await expect(broken).rejects.toThrow(MigrationProblem)
  await expect(broken).rejects.toThrow(/1_test\/migration.sql:2: syntax error at or near "TABEL"/)
})

test.each([
  "CREATE TABLE IF NOT EXISTS runs (id INT); ALTER TABLE runs DROP COLUMN note",
  "ALTER TABLE runs ADD COLUMN IF NOT EXISTS note TEXT; ALTER TABLE runs DROP COLUMN note",
])("what IF NOT EXISTS makes may be what the serving version uses: %s", async (sql) => {
  expect(await breaking([script(sql)], SERVING)).toMatchObject([
    { why: expect.stringContaining("uses the column note of runs") as string },
  ])
})
