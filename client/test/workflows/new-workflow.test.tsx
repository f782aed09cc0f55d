import { screen, waitFor } from "@testing-library/react"
import type { UserEvent } from "@testing-library/user-event"
import { beforeEach, expect, it } from "vitest"

import { openPage, testApi } from "../open-page"
import { fullKey, sandboxKey } from "../stand-in/checks"

const names = () => screen.getAllByLabelText("Name")
const prompts = () => screen.getAllByLabelText("Prompt")
const values = (inputs: HTMLElement[]) =>
  inputs.map((input) => (input instanceof HTMLInputElement ? input.value : null))
const create = (user: UserEvent) => user.click(screen.getByRole("button", { name: "Create workflow" }))

beforeEach(() => {
  sessionStorage.setItem("agent-api-key", fullKey)
})

it("creates a workflow and shows its steps", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  await user.type(screen.getByLabelText("Goal"), "Tidy up")
  await user.selectOptions(screen.getByLabelText("Model"), "Sandbox")
  await user.type(screen.getByLabelText("Name"), "Look")
  await user.type(screen.getByLabelText("Prompt"), "Look at ")
  await user.click(screen.getByRole("button", { name: "{{goal}}" }))
  expect(screen.getByLabelText("Prompt")).toHaveFocus()
  await create(user)
  expect(await screen.findByRole("heading", { name: "Tidy up" })).toBeInTheDocument()
  expect(screen.getByText("Look at {{goal}}")).toBeInTheDocument()
  expect(api.world.workflows[0]).toMatchObject({ goal: "Tidy up", connector: "sandbox" })
})

it("puts the server's reasons beside the inputs and the focus on the first", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  await user.type(screen.getByLabelText("Prompt"), "Use {{{{mood}}")
  await create(user)
  expect(await screen.findByText("3 entries need another look.")).toBeInTheDocument()
  expect(screen.getByLabelText("Goal")).toHaveFocus()
  expect(screen.getByLabelText("Goal")).toHaveAccessibleDescription(/Expected at least one character/)
  expect(screen.getByLabelText("Prompt")).toBeInvalid()
  expect(screen.getByLabelText("Prompt")).toHaveAccessibleDescription(/Unknown template {{mood}}/)
  await user.type(screen.getByLabelText("Goal"), "Now there")
  expect(screen.getByLabelText("Goal")).toBeValid()
})

it("keeps an error with its step when the step moves", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  await user.type(screen.getByLabelText("Goal"), "Goal")
  await user.type(screen.getByLabelText("Name"), "First")
  await user.type(screen.getByLabelText("Prompt"), "Do")
  await user.click(screen.getByRole("button", { name: "Add a step" }))
  await user.keyboard("Second")
  await create(user)
  await screen.findByText("One entry needs another look.")
  await user.click(screen.getByRole("button", { name: "Move step 2 up" }))
  expect(prompts()[0]).toBeInvalid()
  expect(prompts()[1]).toBeValid()
})

it("adds, moves and removes steps with the keyboard alone", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  screen.getByRole("button", { name: "Add a step" }).focus()
  await user.keyboard("{Enter}")
  await waitFor(() => {
    expect(names()[1]).toHaveFocus()
  })
  await user.keyboard("Second")
  screen.getByRole("button", { name: "Move step 2 up" }).focus()
  await user.keyboard("{Enter}")
  expect(values(names())).toEqual(["Second", ""])
  expect(screen.getByText("Now step 1 of 2.")).toBeInTheDocument()
  expect(screen.getByRole("button", { name: "Move step 1 down" })).toHaveFocus()
  await user.keyboard("{Enter}")
  expect(screen.getByRole("button", { name: "Move step 2 up" })).toHaveFocus()
  screen.getByRole("button", { name: "Remove step 1" }).focus()
  await user.keyboard("{Enter}")
  expect(values(names())).toEqual(["Second"])
  expect(names()[0]).toHaveFocus()
})

it("offers outputs only to steps that have some before them", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  expect(screen.queryByRole("button", { name: "{{previous.output}}" })).not.toBeInTheDocument()
  await user.click(screen.getByRole("button", { name: "Add a step" }))
  expect(screen.getAllByRole("button", { name: "{{previous.output}}" })).toHaveLength(1)
})

it("keeps what was written when the key may not use the model", async () => {
  const api = await testApi()
  sessionStorage.setItem("agent-api-key", sandboxKey)
  const { user } = openPage(api.url, "#/new")
  await user.type(screen.getByLabelText("Goal"), "Kept")
  await user.selectOptions(screen.getByLabelText("Model"), "OpenAI")
  await create(user)
  const dialog = await screen.findByRole("dialog", { name: "Connection" })
  expect(dialog).toHaveTextContent('The key may not do this: Expected a key that may use "openai". Use a key')
  expect(screen.getByLabelText("Goal")).toHaveValue("Kept")
})

it("keeps what was written while another view is looked at, until it is discarded", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  await user.type(screen.getByLabelText("Goal"), "Half a goal")
  await user.type(screen.getByLabelText("Name"), "First")
  await user.click(screen.getByRole("link", { name: "All workflows" }))
  await user.click(await screen.findByRole("link", { name: "New" }))
  expect(await screen.findByLabelText("Goal")).toHaveValue("Half a goal")
  expect(values(names())).toEqual(["First"])
  await user.click(screen.getByRole("link", { name: "Discard" }))
  await user.click(await screen.findByRole("link", { name: "New" }))
  expect(await screen.findByLabelText("Goal")).toHaveValue("")
})

it("tells all that is wrong with one input, and counts it once", async () => {
  const api = await testApi()
  const { user } = openPage(api.url, "#/new")
  await user.type(screen.getByLabelText("Goal"), "Goal")
  await user.type(screen.getByLabelText("Name"), "First")
  await user.type(screen.getByLabelText("Prompt"), "Use {{{{mood}} and {{{{moon}}")
  await create(user)
  expect(await screen.findByText("One entry needs another look.")).toBeInTheDocument()
  expect(screen.getByLabelText("Prompt")).toHaveAccessibleDescription(/{{mood}}.*{{moon}}/)
})
