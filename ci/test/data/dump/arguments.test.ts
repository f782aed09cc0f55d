import { expect, test } from "vitest"
import { dumpArguments, isHarmless, refusedIn, restoreArguments } from "../../../data/dump/arguments.js"

const UNKNOWN =
  'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"'
const DAMAGED = "pg_restore: error: could not read from input file: end of file"

const ignored = (count: number) => `pg_restore: warning: errors ignored on restore: ${count}`

test("a dump is of one snapshot, and does not wait for ever for a locked table", () => {
  const args = dumpArguments("00000003-1-1")
  expect(args).toContain("--snapshot=00000003-1-1")
  expect(args).toContain("--lock-wait-timeout=60000")
})

test("rights of others are restored only where they are asked for", () => {
  expect(restoreArguments("with rights")).not.toContain("--no-privileges")
  expect(restoreArguments("without rights")).toContain("--no-privileges")
})

test("what a newer pg_restore sets on an older server does no harm", () => {
  const said = `pg_restore failed: ${UNKNOWN}\nCommand was: SET transaction_timeout = 0;\npg_restore: warning: errors ignored on restore: 1`
  expect(isHarmless(said)).toBe(true)
})

test("one other complaint among harmless ones is harm", () => {
  expect(isHarmless(`${UNKNOWN}\n${DAMAGED}\n${ignored(2)}`)).toBe(false)
})

test("no complaint that is understood is harm", () => {
  expect(isHarmless("pg_restore failed: spawn pg_restore ENOENT")).toBe(false)
})

test.each([
  [
    'permission denied to create extension "pg_stat_statements"',
    "CREATE EXTENSION IF NOT EXISTS pg_stat_statements",
  ],
  [
    'extension "pg_stat_statements" does not exist',
    "COMMENT ON EXTENSION pg_stat_statements IS 'statistics'",
  ],
  ['role "reporting" does not exist', "GRANT SELECT ON TABLE public.runs TO reporting;"],
  [
    'role "reporting" does not exist',
    "ALTER DEFAULT PRIVILEGES FOR ROLE reporting GRANT SELECT ON TABLES TO x;",
  ],
])("a role or an extension that only another server has does no harm: %s", (error, command) => {
  const said = `pg_restore: while PROCESSING TOC:\npg_restore: error: could not execute query: ERROR:  ${error}\nHINT:  none\nCommand was: ${command}`
  const other = `${UNKNOWN}\nCommand was: SET transaction_timeout = 0;`
  expect(isHarmless(`${said}\n${other}\n${ignored(2)}`)).toBe(true)
  expect(isHarmless(`${said}\n${ignored(2)}`), "one of its complaints is cut off").toBe(false)
  expect(refusedIn(`${said}\n${said}`)).toEqual([error])
})

test("a policy for a role that is missing is harm: rows would be seen without it", () => {
  const said = 'pg_restore: error: could not execute query: ERROR:  role "reporting" does not exist'
  const command = "Command was: CREATE POLICY own ON public.runs TO reporting;"
  expect(isHarmless(`${said}\n${command}\n${ignored(1)}`)).toBe(false)
})
