import { describe, expect, it } from "vitest"
import { Api } from "../platform/api.js"
import { emptyDatabase, testDatabase } from "../platform/database.js"
import { held } from "../platform/held.js"
import { startProcess } from "../platform/process.js"
import { until } from "../platform/until.js"

// More than the limit, and few enough for a slow machine.
const warm = { WARM_UP_REQUESTS: "8", RATE_LIMIT_PER_MINUTE: "4" }

const said = (lines: Record<string, unknown>[], message: string) =>
  until(message, () => lines.find((line) => line.message === message))

describe("a server that warms up", () => {
  it("is not ready until it is warm, and says so", async () => {
    const { url } = await testDatabase()
    const server = await startProcess(url, { WARM_UP_REQUESTS: "10000" })
    const answer = await new Api(server.url, null).ask("GET /readyz")
    const reasons = ["the server is warming up"]
    expect([answer.status, answer.body]).toEqual([503, { status: "unready", reasons }])
    expect((await new Api(server.url, null).ask("GET /healthz")).status).toBe(200)
  })

  it("keeps nothing of it: no workflow, no key, no request in log, metrics or limit", async () => {
    const database = await testDatabase()
    const server = await startProcess(database.url, warm)
    expect(await said(server.lines, "warmed up")).toMatchObject({ level: "info", answered: 8 })
    const api = new Api(server.url, null)
    expect(await until("ready", async () => (await api.ask("GET /readyz")).status === 200 || undefined)).toBe(
      true,
    )
    expect((await api.page()).items).toEqual([])
    const keys = await database.query("SELECT 1 FROM api_keys")
    expect(keys).toEqual([])
    const { text } = await api.ask("GET /metrics")
    expect(text).not.toContain('method="POST"')
    expect(server.lines.filter(({ method }) => method === "POST")).toEqual([])
  })

  it("takes requests all the same when it can't get warm, and says why", async () => {
    const { url } = await emptyDatabase()
    const server = await startProcess(url, warm)
    expect(await said(server.lines, "not warmed up")).toMatchObject({
      level: "warn",
      error: { message: "GET /api/workflows: expected 200, received 500" },
    })
    const answer = await new Api(server.url, null).ask("GET /readyz")
    expect(answer.text).toContain("is not applied")
  })

  it("ends at once when it is asked to in the middle of it", async () => {
    const { url } = await testDatabase()
    const release = await held(url, "LOCK TABLE workflows")
    const server = await startProcess(url, { WARM_UP_REQUESTS: "10000" })
    server.kill("SIGTERM")
    await said(server.lines, "shutting down")
    await release()
    expect(await server.ended).toBe(0)
    // Those that were under way.
    const line = server.lines.find(({ message }) => message === "warmed up")
    expect(Number(line?.["answered"])).toBeLessThanOrEqual(10)
  })
})
