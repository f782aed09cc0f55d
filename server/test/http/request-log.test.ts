import { describe, expect, it } from "vitest"
import { until } from "../platform/until.js"
import { openServer } from "../platform/in-process.js"

const { api, key, lines } = await openServer()

const lineOf = (requestId: string | null) =>
  until("a line of the request", () =>
    lines.find((line) => line.message === "request" && line.requestId === requestId),
  )

describe("the log", () => {
  it("has one line a request, with its route, status, ids and duration", async () => {
    const run = await api.run()
    const { headers } = await api.ask(`GET /api/runs/${run.id}?token=x`)
    const line = await lineOf(headers.get("x-request-id"))
    expect(line).toMatchObject({
      level: "info",
      service: "server",
      version: "1.2.3",
      environment: "test",
      method: "GET",
      route: "/api/runs/:id",
      path: `/api/runs/${run.id}`,
      status: 200,
      workflowId: run.workflowId,
      runId: run.id,
    })
    expect(line.durationMs).toBeGreaterThan(0)
    const same = lines.filter(({ requestId }) => requestId === line.requestId)
    expect(same).toHaveLength(1)
  })

  it("has the run's ids on the lines of its steps", async () => {
    const run = await api.run()
    await api.runOnce(run.id, "succeeded")
    const line = await until("a line of the step", () =>
      lines.find((each) => each.runId === run.id && each.step === 1),
    )
    expect(line).toMatchObject({
      message: "step succeeded",
      workflowId: run.workflowId,
      connector: "sandbox",
    })
  })

  it("never has a key", () => {
    expect(lines.length).toBeGreaterThan(0)
    expect(JSON.stringify(lines)).not.toContain(key.slice(-43))
  })
})
