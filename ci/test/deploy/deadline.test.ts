import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { deadlines, within } from "../../deploy/deadline.js"
import { everyTarget } from "../../environment/settings/every-target.js"
import type { Settings } from "../../environment/settings/settings.js"

const going = new AbortController().signal
const never = () => new Promise<never>(() => undefined)

test("what is done in time gives its result", async () => {
  await expect(within(10, going, () => Promise.resolve("done"))).resolves.toBe("done")
})

test("what does not listen is left behind when its time is up", async () => {
  await expect(within(0.05, going, never)).rejects.toThrow("expected to be done within 0.05 s, and was not")
})

test("what listens ends in its own words", async () => {
  const listening = async (signal: AbortSignal) => {
    while (!signal.aborted) await sleep(5)
    throw new Error("the last answer was 503")
  }
  await expect(within(0.05, going, listening)).rejects.toThrow("the last answer was 503")
})

test("an interruption from outside ends it with that reason", async () => {
  const outer = new AbortController()
  const interrupted = within(10, outer.signal, never)
  outer.abort(new Error("interrupted"))
  await expect(interrupted).rejects.toThrow("interrupted")
  await expect(within(10, outer.signal, never)).rejects.toThrow("interrupted")
})

test("an interruption is the reason, whatever the action says of it", async () => {
  const outer = new AbortController()
  const listening = async (signal: AbortSignal) => {
    while (!signal.aborted) await sleep(5)
    throw new Error("the last answer was 503")
  }
  const interrupted = within(10, outer.signal, listening)
  outer.abort(new Error("interrupted"))
  await expect(interrupted).rejects.toThrow("interrupted")
})

test.each([
  ["the usual", {}, [60, 90]],
  ["that of a server which grants itself more", { SHUTDOWN_DEADLINE_MS: "120000" }, [155, 185]],
])("%s time is given to what ends", (_, platform, expected) => {
  const settings = { ...everyTarget.parse({}), environment: "staging", platform } as Settings
  const seconds = deadlines({ settings, waitMs: 0 })
  expect([seconds("retire old"), seconds("take back")]).toEqual(expected)
})
