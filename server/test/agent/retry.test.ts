import { describe, expect, it } from "vitest"
import { retryDelay } from "../../src/agent/retry.js"

const limits = { timeoutMs: 1_000, maxRetries: 3, backoffMs: 100 }
const busy = (retryAfter?: string) =>
  new Response(null, { status: 429, headers: retryAfter === undefined ? {} : { "retry-after": retryAfter } })

describe("the wait before the next attempt", () => {
  it("doubles, with up to a quarter added by chance", () => {
    for (const [attempt, least] of [100, 200, 400].entries()) {
      const wait = retryDelay(busy(), attempt, limits)
      expect(wait).toBeGreaterThanOrEqual(least)
      expect(wait).toBeLessThanOrEqual(least * 1.25)
    }
  })

  it("is at least what Retry-After asks for, in seconds or as a date", () => {
    expect(retryDelay(busy("2"), 0, limits)).toBeGreaterThanOrEqual(2_000)
    const date = new Date(Date.now() + 10_000).toUTCString()
    expect(retryDelay(busy(date), 0, limits)).toBeGreaterThan(8_000)
  })

  it("is not made when Retry-After asks for more than a minute", () => {
    expect(retryDelay(busy("3600"), 0, limits)).toBeUndefined()
  })

  it("is not made after the last retry, nor for an error that will not pass", () => {
    expect(retryDelay(busy(), 3, limits)).toBeUndefined()
    expect(retryDelay(new Response(null, { status: 400 }), 0, limits)).toBeUndefined()
  })
})
