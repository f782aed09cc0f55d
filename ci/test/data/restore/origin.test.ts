import { expect, test } from "vitest"
import { originByName, refusal } from "../../../data/restore/origin.js"

const from = (environment: string, isSanitized = false) => ({ environment, isSanitized })

test("an environment takes its own backups", () => {
  expect(refusal("production", from("production"))).toBeUndefined()
  expect(refusal("staging", from("staging"))).toBeUndefined()
})

test("production takes nothing else, sanitized or not", () => {
  expect(refusal("production", from("staging"))).toMatch(/received one of staging/)
  expect(refusal("production", from("production", true))).toMatch(/received a sanitized one/)
  expect(refusal("production", { environment: undefined, isSanitized: false })).toMatch(/one of unknown/)
})

test("another environment takes what is sanitized, and is told how to get it", () => {
  expect(refusal("staging", from("production", true))).toBeUndefined()
  expect(refusal("staging", from("production"))).toMatch(
    /received one of production; make one .* with sanitize/,
  )
})

test("a name says where a backup is from", () => {
  expect(originByName("sanitized-production-20261125T080000000Z-manual")).toEqual(from("production", true))
  expect(originByName("eu-west-20261125T080000000Z-1a2b3c4")).toEqual(from("eu-west"))
})
