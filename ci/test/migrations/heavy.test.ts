import { expect, test } from "vitest"
import { heavy } from "../../migrations/heavy.js"
import { HEAVY, LIGHT } from "./heavy-cases.js"
import { script } from "./script.js"

const MEASURE = {
  sizes: new Map([
    ["runs", 100_000],
    ["few", 99_999],
    ["audit.log", 5_000_000],
  ]),
  large: 100_000,
}
const reasons = async (sql: string) => (await heavy([script(sql)], MEASURE)).map(({ why }) => why)

test.each(HEAVY)("a migration that %s of a large table is found", async (_, sql, expected) => {
  expect(await reasons(sql)).toEqual([expect.stringContaining(expected)])
})

test.each(LIGHT)("a migration that %s is not", async (_, sql) => {
  expect(await reasons(sql)).toEqual([])
})

test("a finding says where it is, how large the table is and what to do instead", async () => {
  expect(await heavy([script("SELECT 1;\nCREATE INDEX i ON runs (a)")], MEASURE)).toEqual([
    {
      file: "1_test/migration.sql",
      line: 2,
      statement: "CREATE INDEX i ON runs (a)",
      why: "runs has about 100000 rows; this reads all of it, and nobody can write it meanwhile",
      instead: "CONCURRENTLY, in a migration that has nothing else in it",
    },
  ])
})

test("a table that IF NOT EXISTS may not have made is as large as it is", async () => {
  expect(await reasons("CREATE TABLE IF NOT EXISTS runs (a INT); CREATE INDEX i ON runs (a)")).toHaveLength(1)
})
