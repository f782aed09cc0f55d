import { expect, it } from "vitest"

import type { Route } from "../../src/routing/route"
import { hashOf, routeOf } from "../../src/routing/route"

it.each<Exclude<Route, { view: "unknown" }>>([
  { view: "list" },
  { view: "new" },
  { view: "workflow", workflowId: "a/b c", runId: null },
  { view: "workflow", workflowId: "1", runId: "2" },
])("comes back from its own hash: %j", (route) => {
  expect(routeOf(hashOf(route))).toEqual(route)
})

it("takes an empty hash as the list", () => {
  expect(routeOf("")).toEqual({ view: "list" })
})

it.each([
  "#/other",
  "#/workflows",
  "#/workflows/1/steps/2",
  "#/workflows/1/runs",
  "#/new/1",
  "#/workflows/1/runs/2/3",
])("knows no view for %s", (hash) => {
  expect(routeOf(hash)).toEqual({ view: "unknown" })
})
