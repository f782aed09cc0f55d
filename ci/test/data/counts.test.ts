import { expect, test } from "vitest"
import { differences, totals } from "../../data/counts.js"

test("every table that differs is named with both counts", () => {
  const wrong = differences(
    { "public.a": 1, "public.b": 2, "public.c": 3 },
    { "public.a": 1, "public.b": 0, "public.d": 4 },
  )
  expect(wrong).toEqual([
    "public.b: expected 2 rows, received 0 rows",
    "public.c: expected 3 rows, received no such table",
    "public.d: expected no such table, received 4 rows",
  ])
})

test("totals are over all tables", () => {
  expect(totals({ "public.a": 1, "public.b": 2 })).toEqual({ tables: 2, rows: 3 })
})
