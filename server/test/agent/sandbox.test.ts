import { describe, expect, it } from "vitest"
import { sandbox } from "../../src/agent/sandbox.js"

const never = new AbortController().signal

describe("the sandbox connector", () => {
  it("gives the same answer for the same prompt and another for another", async () => {
    const first = await sandbox.complete("plan the work", never)
    expect(first).toMatch(/^Sandbox answer [0-9a-f]{8} to a prompt of 3 words: .+\.$/)
    expect(await sandbox.complete("plan the work", never)).toBe(first)
    expect(await sandbox.complete("plan the walk", never)).not.toBe(first)
  })

  it("fails when the prompt says so", async () => {
    await expect(sandbox.complete("[sandbox:fail]", never)).rejects.toThrow("asked the sandbox to fail")
  })

  it("waits when the prompt says so", async () => {
    const start = performance.now()
    await sandbox.complete("[sandbox:delay=120]", never)
    expect(performance.now() - start).toBeGreaterThan(110)
  })

  it("ends its waiting when it is aborted", async () => {
    const signal = AbortSignal.timeout(20)
    await expect(sandbox.complete("[sandbox:delay=60000]", signal)).rejects.toThrow()
  })
})
