import { screen } from "@testing-library/react"
import { expect, it } from "vitest"

import { openPage, testApi } from "../open-page"
import { twoSteps } from "../stand-in/data"

it("reaches the content past the header with the skip link", async () => {
  const api = await testApi()
  const { user } = openPage(api.url)
  await user.tab()
  expect(screen.getByRole("link", { name: "Skip to the content" })).toHaveFocus()
  await user.keyboard("{Enter}")
  expect(screen.getByRole("main")).toHaveFocus()
  expect(window.location.hash).toBe("#/")
})

it("walks from the list to a workflow with the keyboard alone", async () => {
  const api = await testApi()
  api.world.workflows.push(twoSteps("Reachable"))
  const { user } = openPage(api.url)
  await screen.findByText("Reachable")
  const order: (string | null)[] = []
  while (order.at(-1) !== "Reachable" && order.length < 9) {
    await user.tab()
    order.push(document.activeElement?.textContent ?? null)
  }
  expect(order).toEqual([
    "Skip to the content",
    "Coding Agent",
    "Workflows",
    "New",
    "Connection read only",
    "New workflow",
    "Reachable",
  ])
  await user.keyboard("{Enter}")
  expect(await screen.findByRole("heading", { name: "Reachable" })).toHaveFocus()
})

it("says so when an address names no view", async () => {
  const api = await testApi()
  openPage(api.url, "#/elsewhere")
  expect(screen.getByRole("heading", { name: "There is no such page" })).toBeInTheDocument()
  expect(api.world.requests).toEqual([])
})

it("tells of a workflow that does not exist", async () => {
  const api = await testApi()
  openPage(api.url, "#/workflows/none")
  expect(await screen.findByRole("alert")).toHaveTextContent("There is no such workflow.")
})
