import { readFileSync } from "node:fs"
import { afterAll, beforeAll, expect, test } from "vitest"
import { DECLARED } from "../../data/columns.js"
import { connected } from "../../data/postgres/connection.js"
import { markSanitized } from "../../data/sanitize/mark.js"
import { columnsOf, undeclared, type Columns } from "../../data/sanitize/undeclared.js"
import { startPostgres } from "../../host/postgres/cluster.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import { project } from "../../pipeline/project.js"
import { tablesOf } from "../../release/tables.js"
import { platformDatabase, platformTemplate } from "./platform-database.js"

let own: Scratch
let found: Columns
beforeAll(async () => {
  own = scratch()
  const server = (await startPostgres(own)).url
  await platformTemplate(server)
  found = await connected(await platformDatabase(server, "production"), async (client) => {
    await markSanitized(client)
    return columnsOf(client)
  })
})
afterAll(() => own.clear())

test("every column of the migrated database is declared", () => {
  expect(Object.keys(found)).toContain("public.workflows")
  expect(undeclared(found, DECLARED)).toEqual([])
})

test("nothing is declared that the migrated database does not have", () => {
  const declared = Object.entries(DECLARED).flatMap(([table, declaration]) =>
    declaration === "empty" ? [table] : Object.keys(declaration).map((column) => `${table}.${column}`),
  )
  const known = Object.entries(found).flatMap(([table, names]) => [
    table,
    ...names.map((name) => `${table}.${name}`),
  ])
  expect(declared.filter((name) => !known.includes(name))).toEqual([])
})

test("every column of the platform's schema is declared", () => {
  const tables = tablesOf(readFileSync(new URL(`../../../${project.schema}`, import.meta.url), "utf8"))
  const inPublic = Object.fromEntries(
    Object.entries(tables).map(([table, names]) => [`public.${table}`, names]),
  )
  expect(Object.keys(inPublic)).toContain("public.run_steps")
  expect(undeclared(inPublic, DECLARED)).toEqual([])
})
