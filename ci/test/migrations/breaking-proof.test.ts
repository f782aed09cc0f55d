import type { ClientBase } from "pg"
import { expect, test } from "vitest"
import { testDatabases } from "../databases.js"
import { BREAKING, HARMLESS, SETUP, USES } from "./cases.js"

// What the rules say is compared with what PostgreSQL does, when the version that serves goes on after the migration.
const databases = testDatabases()

/** The statements of the serving version that fail after a migration. */
async function failing(client: ClientBase, migration: string): Promise<string[]> {
  await client.query("BEGIN")
  try {
    // What is done CONCURRENTLY comes to the same, and can't be taken back.
    await client.query(`${SETUP}\n${migration.replaceAll("CONCURRENTLY", "")}`)
    const failed: string[] = []
    for (const use of USES) if (!(await works(client, use))) failed.push(use)
    return failed
  } finally {
    await client.query("ROLLBACK")
  }
}

async function works(client: ClientBase, use: string): Promise<boolean> {
  await client.query("SAVEPOINT use")
  return client.query(use).then(
    () => true,
    () => client.query("ROLLBACK TO use").then(() => false),
  )
}

test("without a migration, and with each that breaks nothing, all that the serving version does works", async () => {
  const client = await databases.client()
  expect(await failing(client, "")).toEqual([])
  for (const [what, sql] of HARMLESS) expect([what, await failing(client, sql)]).toEqual([what, []])
})

test("after each that breaks it, something that the serving version does fails", async () => {
  const client = await databases.client()
  // It loses rows; no statement fails for that.
  const cases = BREAKING.filter(([what]) => what !== "empties a table")
  for (const [what, sql] of cases) expect([what, await failing(client, sql)]).not.toEqual([what, []])
})
