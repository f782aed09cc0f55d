import { screen, waitFor, within } from "@testing-library/react"
import { beforeEach, expect, it } from "vitest"

import type { Run } from "../../src/runs/run"
import { openPage, testApi } from "../open-page"
import { fullKey } from "../stand-in/checks"
import { twoSteps, withStep } from "../stand-in/data"

beforeEach(() => {
  sessionStorage.setItem("agent-api-key", fullKey)
})

const startedAt = "2026-01-05T10:00:00.000Z"

async function openRun(news: Partial<Run> = { status: "running", startedAt }, refusesStreams = false) {
  const api = await testApi()
  const workflow = twoSteps("Follow me")
  api.world.workflows.push(workflow)
  api.world.refusesStreams = refusesStreams
  const run = api.addRun(workflow, news)
  const page = openPage(api.url, `#/workflows/${workflow.id}`)
  await screen.findByRole("heading", { name: "1 Outline" })
  return { api, run, workflow, ...page }
}

const step = (name: string) => screen.getByRole("heading", { name }).closest("li") ?? document.body
const timesOpened = (requests: string[]) => requests.filter((line) => line.endsWith("/events")).length

it("runs a workflow and shows every step as it comes, to the end", async () => {
  const api = await testApi()
  const workflow = twoSteps("Run me")
  api.world.workflows.push(workflow)
  const { user } = openPage(api.url, `#/workflows/${workflow.id}`)
  await user.click(await screen.findByRole("button", { name: "Run workflow" }))
  await screen.findByText("Live")
  const run = [...api.world.runs.values()][0]
  if (run === undefined) throw new Error("Expected a run, found none.")
  expect(window.location.hash).toBe(`#/workflows/${workflow.id}/runs/${run.id}`)

  const steps = withStep(run, 0, { status: "running", startedAt })
  api.change(run, { status: "running", startedAt, steps })
  expect(await screen.findByText("Step 1 of 2, Outline, is running.")).toHaveAttribute("role", "status")

  const done = { status: "succeeded", output: "An outline", durationMs: 1_234 } as const
  api.change(run, { steps: withStep({ ...run, steps }, 0, done) })
  expect(await within(step("1 Outline")).findByText("An outline")).toBeInTheDocument()
  expect(step("1 Outline")).toHaveTextContent("1.2 s")
  expect(step("2 Write")).toHaveTextContent("Not begun")

  const finishedAt = "2026-01-05T10:01:05.000Z"
  api.change(run, { status: "succeeded", finishedAt, steps: run.steps.map((each) => ({ ...each, ...done })) })
  expect(await screen.findByText("The run succeeded: 2 of 2 steps done.")).toBeInTheDocument()
  expect(screen.getAllByText("1 min 05 s")).not.toHaveLength(0)
  expect(screen.queryByText("Live")).not.toBeInTheDocument()
  const runs = within(screen.getByRole("navigation", { name: "Runs" }))
  expect(await runs.findByText("Succeeded")).toBeInTheDocument()
})

it("cancels a run and keeps the focus on it", async () => {
  const { user } = await openRun()
  await user.click(screen.getByRole("button", { name: "Cancel run" }))
  expect(await screen.findByText(/The run was cancelled/)).toBeInTheDocument()
  expect(screen.queryByRole("button", { name: "Cancel run" })).not.toBeInTheDocument()
  await waitFor(() => {
    expect(screen.getByRole("heading", { name: "Run" })).toHaveFocus()
  })
})

it("says why a run could not be cancelled", async () => {
  const { api, run, user } = await openRun()
  api.world.failures.push({ request: `POST /api/runs/${run.id}/cancel`, status: 500 })
  await user.click(screen.getByRole("button", { name: "Cancel run" }))
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "It was not cancelled. Something went wrong here.",
  )
  expect(screen.getByRole("button", { name: "Cancel run" })).toBeInTheDocument()
})

it.each(["tellReconnect", "breakAll"] as const)("opens the stream again after %s", async (cut) => {
  const { api, run } = await openRun()
  await waitFor(() => {
    expect(api.world.streams.count()).toBe(1)
  })
  api.world.streams[cut]()
  await waitFor(() => {
    expect(timesOpened(api.world.requests)).toBe(2)
  })
  api.change(run, { status: "succeeded" })
  expect(await screen.findByText(/The run succeeded/)).toBeInTheDocument()
})

it("asks each second while the stream can't be had", async () => {
  const { api, run } = await openRun(undefined, true)
  expect(await screen.findByText(/Asking every second/)).toBeInTheDocument()
  api.change(run, { status: "succeeded" })
  expect(await screen.findByText(/The run succeeded/)).toBeInTheDocument()
  expect(timesOpened(api.world.requests)).toBe(1)
})

it("says that the connection is lost and keeps what it knows", async () => {
  const { api } = await openRun()
  await screen.findByText("Live")
  await api.close()
  expect(await screen.findByText(/The connection is lost/)).toBeInTheDocument()
  expect(screen.getByRole("heading", { name: "1 Outline" })).toBeInTheDocument()
})

it("explains an interrupted run and a failed one", async () => {
  const { api, run, workflow } = await openRun()
  api.change(run, { status: "interrupted", steps: withStep(run, 1, { status: "interrupted" }) })
  expect(await screen.findByText(/A server stopped while step 2 waited for the model/)).toBeInTheDocument()
  const failed = api.addRun(workflow, { status: "failed", error: "The model refused." })
  window.location.hash = `#/workflows/${workflow.id}/runs/${failed.id}`
  expect(await screen.findByText("The model refused.")).toBeInTheDocument()
})

it("tells of a run that does not exist", async () => {
  const { workflow } = await openRun()
  window.location.hash = `#/workflows/${workflow.id}/runs/none`
  const alert = await screen.findByRole("alert")
  expect(alert).toHaveTextContent("There is no such run.")
})

it("says that the answer is of another version, and does not ask for ever", async () => {
  const { api, run } = await openRun()
  api.change(run, { status: "paused" as Run["status"] })
  expect(await screen.findByText(/load the page again/)).toBeInTheDocument()
  expect(timesOpened(api.world.requests)).toBe(1)
})
