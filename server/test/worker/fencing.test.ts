import { afterAll, describe, expect, it } from "vitest"
import { openDatabase } from "../../src/database/database.js"
import { createRun } from "../../src/runs/store.js"
import { RunWatcher } from "../../src/runs/watcher.js"
import { TelemetryLogger } from "../../src/telemetry/logger.js"
import { createMetrics } from "../../src/telemetry/metrics.js"
import { interruptAbandoned } from "../../src/worker/abandoned.js"
import { claimStep } from "../../src/worker/claim.js"
import { beginCall, extendLease } from "../../src/worker/lease.js"
import { storeOutcome } from "../../src/worker/outcome.js"
import { createWorkflow } from "../../src/workflows/store.js"
import { testDatabase } from "../platform/database.js"
import { held, WAITING } from "../platform/held.js"
import { until } from "../platform/until.js"

const { url, query } = await testDatabase()
const database = openDatabase(url)
afterAll(() => database.close())
const logger = TelemetryLogger.create({ level: "silent", format: "json", version: "1", environment: "test" })
const watcher = new RunWatcher({ database, logger, pollIntervalMs: 1_000 })
const parts = { database, watcher, metrics: createMetrics(() => database.poolCounts()) }
const succeeded = { status: "succeeded", output: "nul \u0000, half \ud83d", durationMs: 1 } as const

async function claimed(prompts = ["p"], leaseMs = 60_000) {
  const steps = prompts.map((prompt) => ({ name: "n", prompt }))
  const { id } = await createWorkflow(database, { goal: "g", connector: "sandbox", steps })
  const run = await createRun(database, id)
  const claim = await claimStep(parts, leaseMs)
  if (claim?.runId !== run.id) throw new Error("expected to claim the only step there is")
  return claim
}

const expire = () => query("UPDATE run_steps SET lease_expires_at = now() - interval '1 second'")
const end = (claim: Awaited<ReturnType<typeof claimed>>) => storeOutcome(parts, claim, succeeded)

describe("a claim", () => {
  it("is made once, however many try at once", async () => {
    const { id } = await createWorkflow(database, {
      goal: "g",
      connector: "sandbox",
      steps: [{ name: "n", prompt: "p" }],
    })
    await createRun(database, id)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimStep(parts, 60_000)))
    const made = claims.filter((claim) => claim !== undefined)
    expect(made).toHaveLength(1)
    for (const claim of made) await end(claim)
  })

  it("of a later step waits for the one before", async () => {
    const first = await claimed(["a", "b"])
    expect(await claimStep(parts, 60_000)).toBeUndefined()
    await end(first)
    const second = await claimStep(parts, 60_000)
    expect(second).toMatchObject({ runId: first.runId, position: 2, outputs: ["nul \uFFFD, half \uFFFD"] })
    if (second) await end(second)
  })

  it("that ran out before the call is taken by another with a greater token, and is worth nothing any more", async () => {
    const first = await claimed()
    await expire()
    const second = await claimStep(parts, 60_000)
    expect(second?.runId).toBe(first.runId)
    expect(second && second.token > first.token).toBe(true)
    expect(await beginCall(parts, first, "x")).toBe(false)
    expect(await extendLease(parts, first, 1_000)).toBe(false)
    expect(await end(first)).toBe(false)
    if (second) expect(await end(second)).toBe(true)
  })
})

describe("a call", () => {
  it("is not begun once the lease has run out, even if nobody else has the step", async () => {
    const claim = await claimed()
    await expire()
    expect(await beginCall(parts, claim, "x")).toBe(false)
    const again = await claimStep(parts, 60_000)
    if (again) await end(again)
  })

  it("is begun once", async () => {
    const claim = await claimed()
    expect(await beginCall(parts, claim, "x")).toBe(true)
    expect(await beginCall(parts, claim, "x")).toBe(false)
    await end(claim)
  })

  it("that was begun is never claimed again, but interrupted when the lease has run out", async () => {
    const claim = await claimed()
    await beginCall(parts, claim, "x")
    expect(await interruptAbandoned(parts)).toEqual([])
    await expire()
    expect(await claimStep(parts, 60_000)).toBeUndefined()
    const ended = await Promise.all([interruptAbandoned(parts), interruptAbandoned(parts)])
    expect(ended.flat()).toHaveLength(1)
    expect(await end(claim)).toBe(false)
  })
})

describe("a lease that ran out and was then extended", () => {
  it("is left alone by a server that was about to interrupt its call", async () => {
    const claim = await claimed()
    await beginCall(parts, claim, "x")
    await expire()
    const release = await held(url, "SELECT FROM runs FOR UPDATE")
    const interrupted = interruptAbandoned(parts)
    await until("the interruption to wait", async () => (await query(WAITING))[0])
    expect(await extendLease(parts, claim, 60_000)).toBe(true)
    await release()
    expect(await interrupted).toEqual([])
    expect(await end(claim)).toBe(true)
  })
})

describe("every change of a run", () => {
  it("raises its version", async () => {
    const version = async (id: string) =>
      (await database.client.run.findUniqueOrThrow({ where: { id } })).version
    const claim = await claimed()
    expect(await version(claim.runId)).toBe(2)
    await beginCall(parts, claim, "x")
    expect(await version(claim.runId)).toBe(3)
    await end(claim)
    expect(await version(claim.runId)).toBe(4)
    await end(claim)
    expect(await version(claim.runId)).toBe(4)
  })
})
