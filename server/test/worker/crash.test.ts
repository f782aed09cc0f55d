import { setTimeout as sleep } from "node:timers/promises"
import { expect, it } from "vitest"
import { testDatabase } from "../platform/database.js"
import { chatCompletion, startProvider } from "../platform/provider.js"
import { until } from "../platform/until.js"
import { atProvider, shortLease, startServerAt } from "./servers.js"

const database = await testDatabase()

it("a server killed during a model call leaves the run interrupted, and the call is never repeated", async () => {
  const provider = await startProvider(() => undefined)
  const victim = await startServerAt(provider.url, database, shortLease)
  const { id } = await victim.api.run(["endless", "never"], atProvider)
  await until("the call", () => provider.calls[0])
  victim.kill("SIGKILL")
  expect(await victim.ended).toBe("SIGKILL")
  const other = await startServerAt(provider.url, database, shortLease)
  const run = await other.api.runOnce(id, "interrupted")
  expect(run.error).toMatch(/^step 1: the server that called the model stopped .* start a new run$/)
  expect(run.steps.map(({ status }) => status)).toEqual(["interrupted", "cancelled"])
  await sleep(1_000)
  expect(provider.calls).toHaveLength(1)
})

it("steps that a killed server had not begun are taken up by another", async () => {
  const provider = await startProvider((call, count) => {
    // The first four calls keep the victim busy for good.
    if (count > 4) call.answer(200, chatCompletion("done"))
  })
  const victim = await startServerAt(provider.url, database, shortLease)
  const held = []
  for (let count = 0; count < 4; count++) held.push(await victim.api.run(["endless"], atProvider))
  await until("four calls", () => provider.calls[3])
  const waiting = [await victim.api.run(["a", "b"], atProvider), await victim.api.run(["c"], atProvider)]
  victim.kill("SIGKILL")
  const other = await startServerAt(provider.url, database, shortLease)
  for (const { id } of waiting) await other.api.runOnce(id, "succeeded")
  for (const { id } of held) await other.api.runOnce(id, "interrupted")
  expect(provider.calls).toHaveLength(7)
})

it("a step whose server died after the claim and before the call is claimed again", async () => {
  const provider = await startProvider((call) => {
    call.answer(200, chatCompletion("done"))
  })
  const server = await startServerAt(provider.url, database, { POLL_INTERVAL_MS: "60000" })
  const { id } = await server.api.run(["a"], { connector: "sandbox" })
  await server.api.runOnce(id, "succeeded")
  // The state that such a death leaves, with a lease that has run out.
  await database.query("UPDATE runs SET status = 'running', finished_at = NULL WHERE id = $1", [id])
  await database.query(
    `UPDATE run_steps SET status = 'running', called_at = NULL, output = NULL, finished_at = NULL,
       lease_expires_at = now() - interval '1 second' WHERE run_id = $1`,
    [id],
  )
  const other = await startServerAt(provider.url, database)
  const run = await other.api.runOnce(id, "succeeded")
  expect(run.steps[0]?.output).toMatch(/^Sandbox answer/)
})

it("a paused server whose lease ran out can't store its result when it goes on", async () => {
  const provider = await startProvider(() => undefined)
  const paused = await startServerAt(provider.url, database, shortLease)
  const { id } = await paused.api.run(["slow"], atProvider)
  const call = await until("the call", () => provider.calls[0])
  paused.kill("SIGSTOP")
  const other = await startServerAt(provider.url, database, shortLease)
  const run = await other.api.runOnce(id, "interrupted")
  call.answer(200, chatCompletion("too late"))
  paused.kill("SIGCONT")
  await until("the owner to notice", () => paused.lines.find(({ message }) => message === "step lost"))
  expect(await other.api.readRun(id)).toEqual(run)
  expect(provider.calls).toHaveLength(1)
  const { id: next } = await paused.api.run(["a"], { connector: "sandbox" })
  await paused.api.runOnce(next, "succeeded")
})
