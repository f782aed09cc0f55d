import { randomBytes } from "node:crypto"
import { afterAll, inject, onTestFinished } from "vitest"
import { administrate, databaseUrl, query } from "./postgres.js"

/** A database of a test file's own. */
export interface TestDatabase {
  url: string
  query: (statement: string, values?: unknown[]) => Promise<unknown[]>
}

/** A copy of the migrated template; dropped after the last test of the file. */
export async function testDatabase(): Promise<TestDatabase> {
  const { drop, ...database } = await copyOf(inject("template"))
  afterAll(drop)
  return database
}

/** A database without a table; dropped when the test ends. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const { drop, ...database } = await copyOf("template0")
  onTestFinished(drop)
  return database
}

async function copyOf(template: string): Promise<TestDatabase & { drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`
  await administrate(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  const drop = () => administrate(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  const url = databaseUrl(name)
  return { url, query: (statement, values) => query(url, statement, values), drop }
}
