import { describe, expect, it } from "vitest"
import { TelemetryLogger, type TelemetryOptions } from "../../src/telemetry/logger.js"

function logged(write: (logger: TelemetryLogger) => void, options: Partial<TelemetryOptions> = {}) {
  const lines: string[] = []
  const output = { write: (line: string) => lines.push(line) }
  const fixed = { level: "info", format: "json", version: "1.2.3", environment: "staging" } as const
  write(TelemetryLogger.create({ ...fixed, ...options, output }))
  return lines.join("")
}

const json = (text: string) => JSON.parse(text) as Record<string, unknown>

describe("TelemetryLogger", () => {
  it("writes one JSON line with the fields everybody searches for", () => {
    const text = logged((logger) => {
      logger.with({ requestId: "r1" }).info("hello", { workflowId: "w", runId: "u", durationMs: 5 })
    })
    expect(text.endsWith("\n")).toBe(true)
    const { time, ...rest } = json(text)
    expect(Date.parse(String(time))).toBeGreaterThan(Date.now() - 60_000)
    const fixed = {
      level: "info",
      service: "server",
      version: "1.2.3",
      environment: "staging",
      message: "hello",
    }
    expect(rest).toEqual({ ...fixed, requestId: "r1", workflowId: "w", runId: "u", durationMs: 5 })
  })

  it("leaves out what is below its level", () => {
    expect(logged((logger) => logger.debug("hidden"))).toBe("")
  })

  it("redacts secrets by the name of their field, at any depth", () => {
    const text = logged((logger) => {
      logger.info("x", {
        headers: { Authorization: "abcdef", cookie: "c=1" },
        list: [{ "x-api-key": "zzz" }],
      })
    })
    expect(json(text)).toMatchObject({
      headers: { Authorization: "[redacted]", cookie: "[redacted]" },
      list: [{ "x-api-key": "[redacted]" }],
    })
  })

  it("redacts secrets by their shape and by their value, in messages, fields and errors", () => {
    const key = `aca_${crypto.randomUUID()}_${"k".repeat(43)}`
    const text = logged(
      (logger) => {
        const cause = new Error("connect postgresql://app:pa55@db/app")
        logger.error(`bad ${key}`, {
          error: new Error("Bearer abc.def", { cause }),
          note: "my hunter2hunter2",
        })
      },
      { secrets: ["hunter2hunter2"] },
    )
    expect(text).not.toMatch(/kkkk|pa55|abc\.def|hunter2/)
    expect(json(text)).toMatchObject({ note: "my [redacted]", error: { type: "Error" } })
  })

  it("logs an error with its stack and its cause", () => {
    const text = logged((logger) => {
      logger.error("broke", { error: new Error("outer", { cause: new TypeError("inner") }) })
    })
    expect(json(text)).toMatchObject({
      error: { message: "outer", cause: { type: "TypeError", message: "inner" } },
    })
    expect(text).toContain("logger.test.ts")
  })

  it("has a form for people", () => {
    const text = logged((logger) => logger.info("listening", { port: 3000 }), { format: "pretty" })
    expect(text).toMatch(/INFO.*listening.*"?port"?:\s?3000/)
    expect(text).not.toContain("staging")
  })
})
