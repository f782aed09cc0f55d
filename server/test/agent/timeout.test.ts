import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, it, onTestFinished } from "vitest"
import { openai } from "../../src/agent/openai.js"
import { startProvider } from "../platform/provider.js"

setFlagsFromString("--expose-gc")
const collectGarbage = runInNewContext("gc") as () => void

it("a model call ends at its time even when garbage is collected while it waits", async () => {
  const { url } = await startProvider(() => undefined)
  const access = { apiKey: "key-of-the-test", baseUrl: url, model: "some-model" }
  const connector = openai(access, { timeoutMs: 1_000, maxRetries: 0, backoffMs: 10 })
  const collecting = setInterval(collectGarbage, 50)
  onTestFinished(() => {
    clearInterval(collecting)
  })
  await expect(connector.complete("hello", new AbortController().signal)).rejects.toThrow("within 1000 ms")
}, 30_000)
