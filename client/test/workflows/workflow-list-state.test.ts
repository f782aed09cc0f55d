import { expect, it } from "vitest"

import type { WorkflowSummary } from "../../src/workflows/workflow"
import { changedList, emptyList } from "../../src/workflows/workflow-list-state"

const item = (id: string, stepCount = 1): WorkflowSummary => ({
  id,
  goal: id,
  connector: "sandbox",
  createdAt: "2026-01-05T09:00:00.000Z",
  stepCount,
  lastRun: null,
})
const loaded = { ...emptyList, items: [item("c"), item("b"), item("a")], nextCursor: "after a" }
const ids = ({ items }: { items: WorkflowSummary[] | null }) => items?.map(({ id }) => id)

it("keeps what lies beyond a refreshed beginning, with its cursor", () => {
  const page = { items: [item("d"), item("c", 2)], nextCursor: "after c" }
  const list = changedList(loaded, { type: "first", page })
  expect(ids(list)).toEqual(["d", "c", "b", "a"])
  expect(list.items?.[1]?.stepCount).toBe(2)
  expect(list.nextCursor).toBe("after a")
})

it("begins anew when the refreshed beginning shares nothing with the list", () => {
  const page = { items: [item("y"), item("x")], nextCursor: "after x" }
  expect(changedList(loaded, { type: "first", page })).toMatchObject(page)
})

it("shows an item once that moved to the next page meanwhile", () => {
  const page = { items: [item("a"), item("0")], nextCursor: null }
  expect(ids(changedList(loaded, { type: "more", page }))).toEqual(["c", "b", "a", "0"])
})
