import { setTimeout as sleep } from "node:timers/promises"
import { expect, it } from "vitest"
import { testDatabase } from "../platform/database.js"
import { chatCompletion, startProvider } from "../platform/provider.js"
import { until } from "../platform/until.js"
import { atProvider, startServerAt } from "./servers.js"

const database = await testDatabase()

it("two servers on one database run each step once", async () => {
  const provider = await startProvider(
    (call) => void sleep(30).then(() => call.answer(200, chatCompletion("done"))),
  )
  const [one, two] = await Promise.all([
    startServerAt(provider.url, database),
    startServerAt(provider.url, database),
  ])
  const runs = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      (index % 2 ? one : two).api.run([`a ${index}`, `b ${index}`], atProvider),
    ),
  )
  for (const { id } of runs) await one.api.runOnce(id, "succeeded")
  const prompts = provider.calls.map(({ body }) => JSON.stringify(body))
  expect(prompts).toHaveLength(40)
  expect(new Set(prompts).size).toBe(40)
  const worked = [one, two].map(
    ({ lines }) => lines.filter(({ message }) => message === "step succeeded").length,
  )
  expect(Math.min(...worked)).toBeGreaterThan(0)
})

const LEASE = { LEASE_MS: "8000" }

it("a call that outlasts the lease is not made again, because the lease is extended", async () => {
  const provider = await startProvider(
    (call) => void sleep(15_000).then(() => call.answer(200, chatCompletion("late"))),
  )
  const [one] = await Promise.all([
    startServerAt(provider.url, database, LEASE),
    startServerAt(provider.url, database, LEASE),
  ])
  const { id } = await one.api.run(["slow"], atProvider)
  const run = await one.api.runOnce(id, "succeeded")
  expect(run.steps[0]?.output).toBe("late")
  expect(provider.calls).toHaveLength(1)
})

it("a cancellation at one server hangs up the call of the other", async () => {
  const provider = await startProvider(() => undefined)
  const one = await startServerAt(provider.url, database)
  const { id } = await one.api.run(["endless"], atProvider)
  const call = await until("the call", () => provider.calls[0])
  const two = await startServerAt(provider.url, database)
  expect((await two.api.ask(`POST /api/runs/${id}/cancel`)).status).toBe(202)
  await until("the call to be hung up", () => call.isGone() || undefined)
  expect(await one.api.readRun(id)).toMatchObject({
    status: "cancelled",
    steps: [{ status: "cancelled", output: null }],
  })
})

it("an answer outlives a database that is away for a while", async () => {
  const provider = await startProvider(() => undefined)
  const { api, lines } = await startServerAt(provider.url, database)
  const { id } = await api.run(["dear"], atProvider)
  const call = await until("the call", () => provider.calls[0])
  await database.query("ALTER TABLE run_steps RENAME TO away")
  call.answer(200, chatCompletion("kept"))
  await until("more attempts than five", () =>
    lines.find(
      ({ message, attempt }) => message === "could not store a step's outcome" && Number(attempt) > 5,
    ),
  )
  await database.query("ALTER TABLE away RENAME TO run_steps")
  expect((await api.runOnce(id, "succeeded")).steps[0]?.output).toBe("kept")
})
