import { describe, expect, it } from "vitest"
import { openServer } from "../platform/in-process.js"
import { runShape } from "../platform/shapes.js"

const { api, sandboxKey } = await openServer({ OPENAI_API_KEY: "key-of-the-test" })

describe("a run", () => {
  it("is queued first, with the workflow's templates", async () => {
    const { id } = await api.workflow(["Do {{goal}}"])
    const { status, headers, body } = await api.ask(`POST /api/workflows/${id}/runs`)
    const run = runShape.parse(body)
    expect(status).toBe(202)
    expect(headers.get("location")).toBe(`/api/runs/${run.id}`)
    expect(run).toMatchObject({ workflowId: id, status: "queued", version: 1, startedAt: null })
    expect(run.steps).toMatchObject([{ position: 1, prompt: "Do {{goal}}", status: "pending", output: null }])
  })

  it("fills each prompt from the workflow and from the outputs before it, and stores outcome and timing", async () => {
    const { id } = await api.run([
      "Plan {{goal}}",
      "{{step.name}}: {{previous.output}}",
      "{{steps.1.output}}",
    ])
    const { steps, startedAt, finishedAt, error } = await api.runOnce(id, "succeeded")
    const [first, second, third] = steps
    expect(first).toMatchObject({ prompt: "Plan a goal", status: "succeeded", error: null })
    expect(second?.prompt).toBe(`step 2: ${String(first?.output)}`)
    expect(third?.prompt).toBe(first?.output)
    expect(error).toBeNull()
    for (const step of steps) expect(step.durationMs).toBeGreaterThanOrEqual(0)
    expect([startedAt, first?.finishedAt, second?.startedAt, finishedAt]).toEqual(
      [startedAt, first?.finishedAt, second?.startedAt, finishedAt].sort(),
    )
  })

  it("fails with the step that failed, and the steps after it are cancelled", async () => {
    const { id } = await api.run(["fine", "[sandbox:fail]", "never"])
    const run = await api.runOnce(id, "failed")
    expect(run.error).toBe("step 2: the prompt asked the sandbox to fail")
    expect(run.steps.map(({ status }) => status)).toEqual(["succeeded", "failed", "cancelled"])
    expect(run.steps[1]?.error).toBe("the prompt asked the sandbox to fail")
    expect(run.steps[2]).toMatchObject({ startedAt: null, finishedAt: null, output: null })
  })

  it("fails when the values make a prompt too long", async () => {
    const { id } = await api.run(["{{goal}}".repeat(60)], { goal: "x".repeat(2_000) })
    const run = await api.runOnce(id, "failed")
    expect(run.error).toContain("expected a prompt of at most 100000 characters once filled, received 120000")
  })

  it("is cancelled at once, and nothing of it changes afterwards", async () => {
    const { id } = await api.run(["[sandbox:delay=2000]", "never"])
    await api.runOnce(id, "running")
    const { status, body } = await api.ask(`POST /api/runs/${id}/cancel`)
    const run = runShape.parse(body)
    expect(status).toBe(202)
    expect(run.steps.map((step) => step.status)).toEqual(["cancelled", "cancelled"])
    expect(run).toMatchObject({ status: "cancelled", error: null })
    await new Promise((resolve) => setTimeout(resolve, 2_200))
    expect(await api.readRun(id)).toEqual(run)
  })

  it("can't be cancelled once it has ended", async () => {
    const { id } = await api.run()
    await api.runOnce(id, "succeeded")
    expect(await api.refusal(`POST /api/runs/${id}/cancel`)).toMatchObject({ status: 409, code: "conflict" })
  })

  it("is cancelled only with a key that may use its connector", async () => {
    const { id } = await api.run(["[sandbox:delay=30000]"])
    expect(await api.refusal(`POST /api/runs/${id}/cancel`, { key: null })).toMatchObject({ status: 401 })
    expect((await api.ask(`POST /api/runs/${id}/cancel`, { key: sandboxKey })).status).toBe(202)
    const other = await api.run(["p"], { connector: "openai" })
    const refused = await api.refusal(`POST /api/runs/${other.id}/cancel`, { key: sandboxKey })
    expect(refused).toMatchObject({ status: 403 })
  })

  it("can be one of many at once", async () => {
    const runs = await Promise.all(Array.from({ length: 12 }, () => api.run(["[sandbox:delay=20]", "b"])))
    for (const { id } of runs) await api.runOnce(id, "succeeded")
  })
})
