import { expect, test } from "vitest"
import { dumpArguments, isHarmless, restoreArguments } from "../../../data/dump/arguments.js"

const UNKNOWN =
  'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"'
const DAMAGED = "pg_restore: error: could not read from input file: end of file"

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
  expect(isHarmless(`${UNKNOWN}\n${DAMAGED}`)).toBe(false)
})

test("no complaint that is understood is harm", () => {
  expect(isHarmless("pg_restore failed: spawn pg_restore ENOENT")).toBe(false)
})
