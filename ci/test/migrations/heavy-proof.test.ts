import type { ClientBase } from "pg"
import { expect, test } from "vitest"
import { filledColumns } from "../../migrations/filled-columns.js"
import { heavy } from "../../migrations/heavy.js"
import { testDatabases } from "../databases.js"
import { script } from "./script.js"
import { HEAVY, LIGHT, REWRITES } from "./heavy-cases.js"

// What the rules say is compared with what PostgreSQL does: a table that was rewritten is in another file.
const databases = testDatabases()

const SETUP = `
  CREATE ACCESS METHOD other TYPE TABLE HANDLER heap_tableam_handler;
  CREATE TABLE few (id INT PRIMARY KEY, a INT);
  CREATE TABLE runs (id INT PRIMARY KEY, a INT, b INT NOT NULL, c FLOAT8, CONSTRAINT c CHECK (a > 0) NOT VALID);
  CREATE UNIQUE INDEX i ON runs (a);
  INSERT INTO few SELECT n, n FROM generate_series(1, 100) AS n;
  INSERT INTO runs SELECT n, n, n, n FROM generate_series(1, 100) AS n;`

/** Another disk is the server's own, and what is logged already stays as it is. */
const CAN_BE_TRIED = /^ALTER TABLE runs (?!SET TABLESPACE|SET LOGGED)/

async function isRewritten(client: ClientBase, migration: string): Promise<boolean> {
  await client.query("BEGIN")
  try {
    await client.query(SETUP)
    const before = await file(client)
    await client.query(migration)
    return (await file(client)) !== before
  } finally {
    await client.query("ROLLBACK")
  }
}

async function file(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ file: string }>("SELECT pg_relation_filepath('runs') AS file")
  return rows[0]?.file
}

test("a column may be required once a validated check says that it is never empty", async () => {
  const client = await databases.client()
  await client.query(`${SETUP}
    ALTER TABLE runs ADD CHECK (a IS NOT NULL), ADD CHECK (c IS NOT NULL) NOT VALID, ADD CHECK (c IS NOT NULL OR a = 1)`)
  const filled = await filledColumns(client)
  expect([...filled]).toEqual(["runs.a"])
  const found = async (column: string, more = "") =>
    heavy([script(`ALTER TABLE runs ALTER ${column} SET NOT NULL${more}`)], {
      ...{ sizes: new Map([["runs", 100_000]]), large: 100_000, filled },
    })
  expect(await found("a")).toEqual([])
  expect(await found("c")).toHaveLength(1)
  expect(await found("a", ", DROP CONSTRAINT runs_a_check"), "it goes first").toHaveLength(1)
})

test("PostgreSQL rewrites the table where it is said to, and nowhere else", async () => {
  const client = await databases.client()
  const cases = [...HEAVY, ...LIGHT.map((each) => [...each, ""] as const)]
  const tried = cases.filter(([, sql]) => CAN_BE_TRIED.test(sql))
  expect(tried.length).toBeGreaterThan(15)
  for (const [what, sql, words] of tried)
    expect([what, await isRewritten(client, sql)]).toEqual([what, words === REWRITES])
})
