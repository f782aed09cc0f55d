import { expect, test } from "vitest"
import { percentile } from "../../../bench/deploy/percentile.js"

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

test.each([
  [0, 1],
  [0.5, 50],
  [0.99, 99],
  [0.995, 100],
  [1, 100],
])("of 1 to 100 in any order, a share of %s does not exceed %s", (share, expected) => {
  expect(percentile(hundred, share)).toBe(expected)
})

test("one value is every percentile", () => {
  expect(percentile([7], 0.99)).toBe(7)
})

test("no values have none", () => {
  expect(percentile([], 0.99)).toBeNaN()
})

test("numbers are not sorted as words", () => {
  expect(percentile([9, 10, 100], 0.5)).toBe(10)
})
