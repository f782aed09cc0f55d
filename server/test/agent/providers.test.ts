import { describe, expect, it } from "vitest"
import { anthropic } from "../../src/agent/anthropic.js"
import type { Connector } from "../../src/agent/connector.js"
import { openai } from "../../src/agent/openai.js"
import { anthropicMessage, chatCompletion, type ProviderCall, startProvider } from "../platform/provider.js"
import { anthropicRequest, openaiRequest } from "./published-requests.js"

const never = new AbortController().signal
const apiKey = "key-of-the-test"
const limits = { timeoutMs: 30_000, maxRetries: 2, backoffMs: 10 }

const providers = [
  {
    name: "openai",
    connector: (url: string, timeoutMs = limits.timeoutMs) =>
      openai({ apiKey, baseUrl: `${url}/v1`, model: "some-model" }, { ...limits, timeoutMs }),
    request: openaiRequest,
    answer: chatCompletion,
    empty: { choices: [] },
  },
  {
    name: "anthropic",
    connector: (url: string, timeoutMs = limits.timeoutMs) =>
      anthropic({ apiKey, baseUrl: url, model: "some-model" }, { ...limits, timeoutMs }),
    request: anthropicRequest,
    answer: anthropicMessage,
    empty: { content: [{ type: "tool_use", id: "t", name: "n", input: {} }] },
  },
]

describe.each(providers)("the $name connector", ({ connector, request, answer, empty }) => {
  async function open(onCall: (call: ProviderCall, count: number) => void, timeoutMs?: number) {
    const provider = await startProvider(onCall)
    return { ...provider, connector: connector(provider.url, timeoutMs) }
  }

  const complaint = async (asked: Connector) =>
    asked.complete("hello", never).then(
      () => "no complaint",
      (error: unknown) => String(error),
    )

  it("sends the published request and reads the published answer", async () => {
    const { connector: asked, calls } = await open((call) => {
      call.answer(200, answer("hi there"))
    })
    expect(await asked.complete("hello", never)).toBe("hi there")
    expect(request.safeParse(calls[0]).error).toBeUndefined()
    expect(calls[0]?.body).toMatchObject({ messages: [{ role: "user", content: "hello" }] })
  })

  it.each([429, 500, 503, 529])("tries again after status %i", async (status) => {
    const { connector: asked, calls } = await open((call, count) => {
      if (count < 3) call.answer(status, { error: { message: "busy" } }, { "retry-after": "0" })
      else call.answer(200, answer("at last"))
    })
    expect(await asked.complete("hello", never)).toBe("at last")
    expect(calls).toHaveLength(3)
  })

  it("gives up after the last retry, with the status and what the API said", async () => {
    const { connector: asked, calls } = await open((call) => {
      call.answer(503, { error: { message: "overloaded" } })
    })
    expect(await complaint(asked)).toMatch(/received status 503: .*overloaded/)
    expect(calls).toHaveLength(3)
  })

  it("does not try again after another status, and never shows the key", async () => {
    const { connector: asked, calls } = await open((call) => {
      call.answer(401, { error: { message: `wrong key: ${apiKey}` } })
    })
    const said = await complaint(asked)
    expect(said).toContain("received status 401")
    expect(said).not.toContain(apiKey)
    expect(calls).toHaveLength(1)
  })

  it("waits no longer than its time and does not ask a second time", async () => {
    const { connector: asked, calls } = await open(() => undefined, 1_000)
    expect(await complaint(asked)).toContain("within 1000 ms (MODEL_TIMEOUT_MS)")
    expect(calls).toHaveLength(1)
  })

  it("hangs up when it is aborted", async () => {
    const { connector: asked, calls } = await open(() => undefined)
    await expect(asked.complete("hello", AbortSignal.timeout(500))).rejects.toThrow(/timeout|abort/i)
    await expect.poll(() => calls[0]?.isGone(), { timeout: 10_000 }).toBe(true)
  })

  it("says what it expected when the answer is not JSON, or has no text", async () => {
    const { connector: asked } = await open((call, count) => {
      call.answer(200, count === 1 ? "<html>" : empty)
    })
    expect(await complaint(asked)).toContain("expected JSON")
    expect(await complaint(asked)).toMatch(/expected a (text|content block)/)
  })

  it("does not follow a redirect, which would carry the key away", async () => {
    const other = await startProvider((call) => {
      call.answer(200, answer("stolen"))
    })
    const { connector: asked } = await open((call) => {
      call.answer(307, {}, { location: other.url })
    })
    expect(await complaint(asked)).toContain("could not reach")
    expect(other.calls).toHaveLength(0)
  })

  it("says that nobody is there", async () => {
    expect(await complaint(connector("http://127.0.0.1:1"))).toMatch(/could not reach 127\.0\.0\.1:1/)
  })
})
