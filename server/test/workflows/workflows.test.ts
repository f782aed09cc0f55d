import { describe, expect, it } from "vitest"
import { openServer } from "../platform/in-process.js"
import { workflowShape } from "../platform/shapes.js"

const { api, key, sandboxKey } = await openServer({ OPENAI_API_KEY: "key-of-the-test" })

describe("a workflow", () => {
  it("is created with its steps in order and the default connector", async () => {
    const body = { goal: "a goal", steps: ["a", "b"].map((name) => ({ name, prompt: `${name} {{goal}}` })) }
    const { status, headers, body: created } = await api.ask("POST /api/workflows", { body })
    const workflow = workflowShape.parse(created)
    expect(status).toBe(201)
    expect(headers.get("location")).toBe(`/api/workflows/${workflow.id}`)
    const steps = body.steps.map((step, index) => ({ position: index + 1, ...step }))
    expect(workflow).toMatchObject({ goal: "a goal", connector: "sandbox", steps, runs: [] })
    expect(await api.readWorkflow(workflow.id)).toEqual(workflow)
  })

  it("can be read without a key, and written only with one", async () => {
    const { id } = await api.workflow()
    expect((await api.ask(`GET /api/workflows/${id}`, { key: null })).status).toBe(200)
    const writes = ["POST /api/workflows", `DELETE /api/workflows/${id}`, `POST /api/workflows/${id}/runs`]
    for (const write of writes)
      for (const wrong of [
        null,
        "nonsense",
        `${key.slice(0, -1)}~`,
        `${key.slice(0, -43)}${"x".repeat(43)}`,
      ]) {
        const error = await api.refusal(write, { key: wrong })
        expect(error).toMatchObject({ status: 401, code: "unauthorized" })
        expect(error.headers.get("www-authenticate")).toBe("Bearer")
      }
  })

  it("of another connector is closed to a key for the sandbox", async () => {
    const { id } = await api.workflow(["p"], { connector: "openai" })
    const body = { goal: "g", steps: [{ name: "n", prompt: "p" }], connector: "openai" }
    for (const write of [
      `DELETE /api/workflows/${id}`,
      `POST /api/workflows/${id}/runs`,
      "POST /api/workflows",
    ])
      expect(await api.refusal(write, { key: sandboxKey, body })).toMatchObject({
        status: 403,
        code: "forbidden",
      })
    expect(
      (await api.ask("POST /api/workflows", { key: sandboxKey, body: { ...body, connector: "sandbox" } }))
        .status,
    ).toBe(201)
  })

  it("has its newest 20 runs, the newest first", async () => {
    const { id } = await api.workflow()
    for (let count = 0; count < 21; count++) await api.ask(`POST /api/workflows/${id}/runs`)
    const { runs } = await api.readWorkflow(id)
    expect(runs).toHaveLength(20)
    const times = runs.map(({ createdAt }) => createdAt)
    expect(times).toEqual([...times].sort().reverse())
  })

  it("is deleted with its runs, but not while one is active", async () => {
    const run = await api.run(["[sandbox:delay=30000]"])
    const request = `DELETE /api/workflows/${run.workflowId}`
    expect(await api.refusal(request)).toMatchObject({ status: 409, code: "conflict" })
    await api.ask(`POST /api/runs/${run.id}/cancel`)
    expect((await api.ask(request)).status).toBe(204)
    for (const gone of [`GET /api/runs/${run.id}`, `GET /api/workflows/${run.workflowId}`, request])
      expect(await api.refusal(gone)).toMatchObject({ status: 404 })
  })
})

describe("the list of workflows", () => {
  it("comes in pages, the newest first, without gaps when others are deleted or added between", async () => {
    const made = []
    for (let count = 0; count < 5; count++) made.push((await api.workflow()).id)
    const newest = made.reverse()
    const first = await api.page("?limit=2")
    expect(first.items.map(({ id }) => id)).toEqual(newest.slice(0, 2))
    await api.workflow()
    await api.ask(`DELETE /api/workflows/${String(newest[1])}`)
    const second = await api.page(`?limit=2&cursor=${String(first.nextCursor)}`)
    expect(second.items.map(({ id }) => id)).toEqual(newest.slice(2, 4))
  })

  it("ends with a page without a cursor", async () => {
    await api.workflow()
    const seen: string[] = []
    for (let cursor = ""; ;) {
      const page = await api.page(`?limit=3${cursor}`)
      seen.push(...page.items.map(({ id }) => id))
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    const all = (await api.page("?limit=100")).items.map(({ id }) => id)
    expect(seen).toEqual(all)
    expect((await api.page(`?limit=${all.length}`)).nextCursor).toBeNull()
  })

  it("shows the number of steps and the last run", async () => {
    const run = await api.run(["a", "b"])
    const [item] = (await api.page("?limit=1")).items
    expect(item).toMatchObject({ id: run.workflowId, stepCount: 2, lastRun: { id: run.id } })
  })
})
