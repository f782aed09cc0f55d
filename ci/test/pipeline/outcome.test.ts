import { expect, test } from "vitest"
import { worst, type Outcome } from "../../pipeline/outcome.js"

test.each<[Outcome[], Outcome]>([
  [["passed", "failed", "error"], "error"],
  [["passed", "failed", "skipped"], "failed"],
  [["passed", "skipped"], "passed"],
  [["skipped"], "skipped"],
])("%j make %s", (states, outcome) => {
  expect(worst(states)).toBe(outcome)
})
