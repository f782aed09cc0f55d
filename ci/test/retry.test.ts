import { expect, onTestFinished, test, vi } from "vitest"
import { retried } from "../retry.js"

const QUICK = { attempts: 4, pauseMs: 1, isPassing: () => true }

/** Fails as often as there are errors, then succeeds. */
function failing(...errors: readonly Error[]) {
  const times: number[] = []
  const action = () => {
    const error = errors[times.length]
    times.push(Date.now())
    return error ? Promise.reject(error) : Promise.resolve("done")
  }
  return { action, times }
}

test("an action that fails in passing is tried until it succeeds", async () => {
  const { action, times } = failing(new Error("once"), new Error("twice"))
  expect(await retried(action, QUICK)).toBe("done")
  expect(times).toHaveLength(3)
})

test("the last error is thrown when no attempt is left", async () => {
  const { action, times } = failing(new Error("1"), new Error("2"), new Error("3"))
  await expect(retried(action, { ...QUICK, attempts: 2 })).rejects.toThrow("2")
  expect(times).toHaveLength(2)
})

test("an error that does not pass is thrown at once", async () => {
  const { action, times } = failing(new Error("for good"))
  await expect(retried(action, { ...QUICK, isPassing: () => false })).rejects.toThrow("for good")
  expect(times).toHaveLength(1)
})

test("each pause is twice the one before", async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { action, times } = failing(new Error("1"), new Error("2"), new Error("3"))
  const result = retried(action, { ...QUICK, pauseMs: 1_000 })
  await vi.runAllTimersAsync()
  await result
  expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 1_000, 3_000, 7_000])
})

test("an error can ask for a pause of its own", async () => {
  const { action, times } = failing(new Error("slowly"))
  await retried(action, { ...QUICK, pauseMs: 5_000, askedPauseMs: () => 1 })
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(1_000)
})
