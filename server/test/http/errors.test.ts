import { randomUUID } from "node:crypto"
import { connect } from "node:net"
import { describe, expect, it } from "vitest"
import { openServer } from "../platform/in-process.js"

const { api, lines, running, database } = await openServer({ BODY_LIMIT_BYTES: "20000" })
const steps = [{ name: "a", prompt: "b" }]

describe("an error", () => {
  it.each([
    [{ goal: "", steps }, "Expected a text, received an empty one"],
    [{ steps }, "Expected a text, received nothing"],
    [{ goal: "x".repeat(2_001), steps }, "Expected at most 2000 characters, received 2001"],
    [{ goal: "g", steps: [] }, "Expected at least one step, received none"],
    [{ goal: "g", steps: Array(21).fill(steps[0]) }, "Expected at most 20 steps, received 21"],
  ])("says what was expected of a field and what was received (%#)", async (body, message) => {
    const { fields } = await api.refusal("POST /api/workflows", { body })
    expect(fields?.map((field) => field.message)).toEqual([message])
  })

  it("is 400 when the body is not JSON", async () => {
    const error = await api.refusal("POST /api/workflows", { body: '{"goal": ' })
    expect(error).toMatchObject({
      status: 400,
      code: "bad_request",
      message: "expected a body that is valid JSON",
    })
  })

  it("is 400 when the address can't be decoded", async () => {
    expect(await api.refusal("GET /api/workflows/%ff")).toMatchObject({ status: 400, code: "bad_request" })
  })

  it("is 413 when the body is larger than the limit", async () => {
    const error = await api.refusal("POST /api/workflows", { body: { goal: "x".repeat(20_001), steps } })
    expect(error).toMatchObject({ status: 413, code: "too_large" })
  })

  it("is 415 when the body does not say that it is JSON", async () => {
    const headers = { "content-type": "text/plain" }
    const error = await api.refusal("POST /api/workflows", { body: { goal: "g", steps }, headers })
    expect(error).toMatchObject({ status: 415, code: "unsupported_media_type" })
    expect(error.message).toContain("content-type: application/json, received text/plain")
  })

  it("is 404 for an unknown route, an unknown id and an id that is none", async () => {
    expect(await api.refusal("GET /nope")).toMatchObject({ status: 404, code: "not_found" })
    expect(await api.refusal("PUT /api/workflows")).toMatchObject({ status: 404, code: "not_found" })
    for (const id of [randomUUID(), "7", "'%20OR%201=1", "%00"])
      for (const request of [`GET /api/workflows/${id}`, `GET /api/runs/${id}`, `GET /api/runs/${id}/events`])
        expect(await api.refusal(request)).toMatchObject({ status: 404, code: "not_found" })
  })

  it.each([
    ["goal", { goal: "", steps }],
    ["goal", { goal: "x".repeat(2_001), steps }],
    ["goal", { goal: "nul \u0000", steps }],
    ["goal", { goal: "half \ud83d", steps }],
    ["goal", { steps }],
    ["connector", { goal: "g", steps, connector: "clippy" }],
    ["connector", { goal: "g", steps, connector: "openai" }],
    ["steps", { goal: "g", steps: [] }],
    ["steps", { goal: "g", steps: Array.from({ length: 21 }, () => steps[0]) }],
    ["steps.0.name", { goal: "g", steps: [{ name: "x".repeat(101), prompt: "p" }] }],
    ["steps.0.prompt", { goal: "g", steps: [{ name: "n", prompt: "x".repeat(10_001) }] }],
    ["steps.0.prompt", { goal: "g", steps: [{ name: "n", prompt: 7 }] }],
    ["steps.0.prompt", { goal: "g", steps: [{ name: "n", prompt: "{{previous.output}}" }] }],
    ["steps.1.prompt", { goal: "g", steps: [...steps, { name: "n", prompt: "{{steps.2.output}}" }] }],
    ["stepz", { goal: "g", steps, stepz: 1 }],
    ["body", []],
    ["body", undefined],
  ])("is 422 and names %s", async (field, body) => {
    const error = await api.refusal("POST /api/workflows", { body })
    expect(error).toMatchObject({ status: 422, code: "invalid" })
    expect(error.fields?.map((problem) => problem.field)).toEqual([field])
  })

  it("names every wrong field at once", async () => {
    const body = { goal: 7, steps: [{ name: "", prompt: "{{nope}}" }] }
    const { fields } = await api.refusal("POST /api/workflows", { body })
    expect(fields?.map(({ field }) => field).sort()).toEqual(["goal", "steps.0.name", "steps.0.prompt"])
  })

  it.each(["limit=0", "limit=101", "limit=ten", "limit=1&limit=2", "cursor=%2f", "cursor=abc"])(
    "is 422 for the query %s",
    async (query) => {
      const error = await api.refusal(`GET /api/workflows?${query}`)
      expect(error).toMatchObject({ status: 422, fields: [{ field: query.split("=")[0] }] })
    },
  )

  it("carries the request id of its header, and keeps one that the caller sent", async () => {
    const error = await api.refusal("GET /nope")
    expect(error.requestId).toBe(error.headers.get("x-request-id"))
    const sent = await api.refusal("GET /nope", { headers: { "x-request-id": "from-the-front:1" } })
    expect(sent.requestId).toBe("from-the-front:1")
    const bad = await api.refusal("GET /nope", { headers: { "x-request-id": "a b\tc" } })
    expect(bad.requestId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it("is a bare 500 with the request id when it is unknown; the log has the rest", async () => {
    await database.query("ALTER TABLE workflow_steps RENAME TO hidden")
    const error = await api.refusal("POST /api/workflows", { body: { goal: "g", steps } })
    await database.query("ALTER TABLE hidden RENAME TO workflow_steps")
    const { status, code, message, fields, requestId } = error
    const said = "the server failed; give the request id to its operators"
    expect({ status, code, message, fields }).toEqual({
      status: 500,
      code: "internal",
      message: said,
      fields: undefined,
    })
    const line = lines.find((each) => each.message === "request failed" && each.requestId === requestId)
    expect(JSON.stringify(line?.error)).toContain("workflow_steps")
  })

  it("leaves the server standing when a caller hangs up in the middle of a body", async () => {
    const socket = connect(running.port, "127.0.0.1")
    socket.write(`POST /api/workflows HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${api.key ?? ""}\r\n`)
    socket.write("content-type: application/json\r\ncontent-length: 500\r\n\r\n{")
    await expect.poll(() => running.inFlight.count).toBe(1)
    socket.destroy()
    await expect.poll(() => running.inFlight.count).toBe(0)
    expect((await api.ask("GET /healthz")).status).toBe(200)
  })
})
