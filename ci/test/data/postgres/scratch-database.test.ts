import { expect, test } from "vitest"
import { scratchName, scratchPattern } from "../../../data/postgres/scratch-database.js"

test("a scratch database's name begins with its database's and says what it is for", () => {
  expect(scratchName("app", "check", "0a1b2c")).toBe("app_check_0a1b2c")
})

test("a long name is cut so that PostgreSQL does not cut the random part", () => {
  for (const long of ["a".repeat(63), "ü".repeat(31)]) {
    const name = scratchName(long, "sanitize", "0a1b2c")
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63)
    expect(name).toMatch(/_sanitize_0a1b2c$/)
    expect(new RegExp(scratchPattern(long)).test(name)).toBe(true)
  }
})

test("only a scratch database of the same database is taken for one", () => {
  const pattern = new RegExp(scratchPattern("app.v1"))
  expect(pattern.test("app.v1_restore_0a1b2c")).toBe(true)
  for (const other of [
    "app.v1",
    "appxv1_check_0a1b2c",
    "app.v1_check_report",
    "my_app.v1_check_0a1b2c",
    "app.v1_before_0a1b2c",
  ])
    expect(pattern.test(other)).toBe(false)
})
