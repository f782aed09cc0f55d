import { screen, waitFor, within } from "@testing-library/react"
import { expect, it } from "vitest"

import { goBack, openPage, testApi } from "../open-page"
import { twoSteps } from "../stand-in/data"

const list = "GET /api/workflows"
const goals = () =>
  within(screen.getByRole("main"))
    .getAllByRole("listitem")
    .map((row) => within(row).getByRole("link").textContent)

it("lists workflows, newest first, with steps and last run", async () => {
  const api = await testApi()
  const older = twoSteps("Older", 1)
  api.world.workflows.push(older, twoSteps("Newer", 2))
  api.addRun(older, { status: "failed" })
  openPage(api.url)
  expect(screen.getByText("Loading workflows")).toBeInTheDocument()
  await screen.findByText("Newer")
  expect(goals()).toEqual(["Newer", "Older"])
  expect(screen.getAllByText("2 steps")).toHaveLength(2)
  expect(screen.getByText("Failed")).toBeInTheDocument()
  expect(screen.getByText("Never run")).toBeInTheDocument()
  expect(document.title).toBe("Workflows · Coding Agent")
})

it("tells what a workflow is when there are none", async () => {
  const api = await testApi()
  const { user } = openPage(api.url)
  await user.click(await screen.findByRole("link", { name: "Write the first workflow" }))
  expect(await screen.findByRole("heading", { name: "New workflow" })).toHaveFocus()
})

it("shows an error with its request id and loads again", async () => {
  const api = await testApi()
  api.world.workflows.push(twoSteps("Still there"))
  api.world.failures.push({ request: list, status: 500 })
  const { user } = openPage(api.url)
  const alert = await screen.findByRole("alert")
  expect(alert).toHaveTextContent("Something went wrong here.")
  expect(alert).toHaveTextContent(/Request [0-9a-f-]{36}/)
  await user.click(screen.getByRole("button", { name: "Try again" }))
  expect(await screen.findByText("Still there")).toBeInTheDocument()
  expect(screen.queryByRole("alert")).not.toBeInTheDocument()
})

it("says which server does not answer", async () => {
  const api = await testApi()
  await api.close()
  openPage(api.url)
  expect(await screen.findByRole("alert")).toHaveTextContent(`No answer from ${api.url}`)
})

it("loads more, goes on at the first new row, and says when that fails", async () => {
  const api = await testApi()
  api.world.workflows.push(...Array.from({ length: 25 }, (_, index) => twoSteps(`Goal ${index + 1}`, index)))
  const { user } = openPage(api.url)
  const more = await screen.findByRole("button", { name: "Load more" })
  expect(goals()).toHaveLength(20)
  api.world.failures.push({ request: list, status: 503 })
  await user.click(more)
  expect(await screen.findByRole("alert")).toHaveTextContent("The next workflows could not be loaded.")
  await user.click(screen.getByRole("button", { name: "Try again" }))
  await screen.findByText("Goal 1")
  expect(goals()).toHaveLength(25)
  await waitFor(() => {
    expect(screen.getByRole("link", { name: "Goal 5" })).toHaveFocus()
  })
  expect(screen.queryByRole("button", { name: "Load more" })).not.toBeInTheDocument()
})

it("keeps the loaded pages when the reader comes back", async () => {
  const api = await testApi()
  api.world.workflows.push(...Array.from({ length: 25 }, (_, index) => twoSteps(`Goal ${index + 1}`, index)))
  const { user } = openPage(api.url)
  await user.click(await screen.findByRole("button", { name: "Load more" }))
  await user.click(await screen.findByRole("link", { name: "Goal 1" }))
  expect(await screen.findByRole("heading", { name: "Goal 1" })).toHaveFocus()
  expect(document.title).toBe("Goal 1 · Coding Agent")
  await goBack()
  expect(screen.getByRole("heading", { name: "Workflows" })).toHaveFocus()
  expect(goals()).toHaveLength(25)
})

it("brings the states of running workflows up to date", async () => {
  const api = await testApi()
  const workflow = twoSteps("Under way")
  api.world.workflows.push(workflow)
  const run = api.addRun(workflow, { status: "running" })
  openPage(api.url)
  await screen.findByText("Running")
  api.change(run, { status: "succeeded" })
  expect(await screen.findByText("Succeeded")).toBeInTheDocument()
})
