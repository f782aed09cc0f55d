import { describe, expect, it } from "vitest"
import { openServer } from "../platform/in-process.js"

const limit = 5
const { api } = await openServer({
  RATE_LIMIT_PER_MINUTE: String(limit),
  CORS_ORIGINS: "https://app.example.com,https://admin.example.com",
  TRUST_PROXY: "1",
})
const from = (address: string) => ({ headers: { "x-forwarded-for": address } })

describe("the rate limit", () => {
  it("refuses a client address that asks too often, with standard headers, and no other", async () => {
    for (let count = 0; count < limit; count++)
      expect((await api.ask("GET /api/workflows", from("192.0.2.1"))).status).toBe(200)
    const error = await api.refusal("GET /api/workflows", from("192.0.2.1"))
    expect(error).toMatchObject({ status: 429, code: "rate_limited" })
    expect(Number(error.headers.get("retry-after"))).toBeGreaterThan(0)
    expect(error.headers.get("ratelimit")).toMatch(/r=0/)
    expect((await api.ask("GET /api/workflows", from("192.0.2.2"))).status).toBe(200)
  })

  it("never refuses operators' routes", async () => {
    for (const route of ["/healthz", "/readyz", "/version", "/metrics"])
      for (let count = 0; count <= limit; count++)
        expect((await api.ask(`GET ${route}`, from("192.0.2.3"))).status).toBe(200)
  })

  it("counts unknown routes too", async () => {
    for (let count = 0; count < limit; count++) await api.ask("GET /nope", from("192.0.2.4"))
    expect(await api.refusal("GET /nope", from("192.0.2.4"))).toMatchObject({ status: 429 })
  })
})

describe("headers", () => {
  it("let pages of the named origins read answers and their request id", async () => {
    const asked = (origin: string) => api.ask("GET /healthz", { headers: { origin } })
    const { headers } = await asked("https://admin.example.com")
    expect(headers.get("access-control-allow-origin")).toBe("https://admin.example.com")
    expect(headers.get("access-control-expose-headers")).toContain("x-request-id")
    expect((await asked("https://evil.example.com")).headers.get("access-control-allow-origin")).toBeNull()
  })

  it("answer a preflight for a write with a key", async () => {
    const headers = {
      origin: "https://app.example.com",
      "access-control-request-method": "DELETE",
      "access-control-request-headers": "authorization,content-type",
    }
    const answer = await api.ask("OPTIONS /api/workflows", { key: null, headers })
    expect(answer.status).toBe(204)
    expect(answer.headers.get("access-control-allow-methods")).toContain("DELETE")
    expect(answer.headers.get("access-control-allow-headers")).toBe("authorization,content-type")
  })

  it("are the secure ones, and none that names the framework", async () => {
    const { headers } = await api.ask("GET /healthz")
    expect(headers.get("x-content-type-options")).toBe("nosniff")
    expect(headers.get("strict-transport-security")).toContain("max-age=")
    expect(headers.get("cache-control")).toBe("no-store")
    expect(headers.get("x-powered-by")).toBeNull()
  })
})
