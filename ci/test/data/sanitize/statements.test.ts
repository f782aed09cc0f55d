import { expect, test } from "vitest"
import { statements } from "../../../data/sanitize/statements.js"
import { undeclared } from "../../../data/sanitize/undeclared.js"

test("tables are emptied in one statement, and each other table is updated once", () => {
  const columns = {
    "public.keys": ["id"],
    "public.people": ["id", "name", "mail", "notes", "city"],
    "other.log": ["id"],
  }
  const declared = {
    "public.keys": "empty",
    "public.people": { id: "keep", name: "hash", mail: "null", notes: "keep", city: { fixed: "O'Town" } },
    "other.log": "empty",
  } as const
  const made = statements({ columns, declared, salt: "s" })
  expect(made).toEqual([
    'TRUNCATE "public"."keys", "other"."log"',
    `UPDATE "public"."people" SET "name" = left(encode(sha256(convert_to('s' || "name", 'UTF8')), 'hex'), 12), "mail" = NULL, "city" = 'O''Town'`,
  ])
})

test("an older dump may lack a declared column", () => {
  const declared = { "public.people": { id: "keep", mail: "null" } } as const
  expect(statements({ columns: { "public.people": ["id"] }, declared, salt: "s" })).toEqual([])
})

test("what is not declared is named, table or column, and a column called like a method is no exception", () => {
  const columns = {
    "public.people": ["id", "mail", "constructor"],
    "public.new": ["id"],
    "public.keys": ["anything"],
  }
  const declared = { "public.people": { id: "keep" }, "public.keys": "empty" } as const
  expect(undeclared(columns, declared)).toEqual([
    "public.people.mail",
    "public.people.constructor",
    "public.new",
  ])
})
