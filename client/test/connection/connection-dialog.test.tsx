import { screen, waitFor } from "@testing-library/react"
import { expect, it } from "vitest"

import { openPage, testApi } from "../open-page"
import { fullKey } from "../stand-in/checks"
import { twoSteps } from "../stand-in/data"

async function openWorkflow() {
  const api = await testApi()
  const workflow = twoSteps("Guarded")
  api.world.workflows.push(workflow)
  const page = openPage(api.url, `#/workflows/${workflow.id}`)
  return { api, ...page, runButton: await screen.findByRole("button", { name: "Run workflow" }) }
}

it("leads from a missing key to the dialog, and on with a key", async () => {
  const { user, runButton } = await openWorkflow()
  await user.click(runButton)
  expect(await screen.findByRole("alert")).toHaveTextContent(/This needs an API key.*Request [0-9a-f-]{36}/)
  expect(screen.getByLabelText("API key")).toHaveFocus()
  await user.keyboard(`${fullKey}{Enter}`)
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument()
  })
  expect(screen.getByRole("button", { name: /Connection with key/ })).toBeInTheDocument()
  expect(sessionStorage.getItem("agent-api-key")).toBe(fullKey)
  expect(localStorage.length).toBe(0)
  await user.click(runButton)
  expect(await screen.findByText("Waiting for a server to take it up.")).toBeInTheDocument()
})

it("says that a wrong key is not accepted, without showing it", async () => {
  sessionStorage.setItem("agent-api-key", "aca_wrong_secret")
  const { user, runButton } = await openWorkflow()
  await user.click(runButton)
  expect(await screen.findByRole("alert")).toHaveTextContent("The server does not accept this key.")
  expect(screen.getByRole("dialog")).not.toHaveTextContent("aca_wrong_secret")
})

it("keeps a key after the tab only when asked to, and forgets it", async () => {
  const { user, api } = await openWorkflow()
  await user.click(screen.getByRole("button", { name: /Connection read only/ }))
  expect(screen.getByRole("dialog")).toHaveTextContent(api.url)
  await user.type(screen.getByLabelText("API key"), fullKey)
  await user.click(screen.getByLabelText("Keep it after this tab is closed"))
  await user.click(screen.getByRole("button", { name: "Save" }))
  expect(localStorage.getItem("agent-api-key")).toBe(fullKey)
  expect(sessionStorage.length).toBe(0)
  await user.click(screen.getByRole("button", { name: /Connection with key/ }))
  await user.click(screen.getByRole("button", { name: "Forget the key" }))
  expect(localStorage.length).toBe(0)
  expect(screen.getByRole("button", { name: /Connection read only/ })).toBeInTheDocument()
})
