import { expect, test } from "vitest"
import { Traffic } from "../../../../targets/local/front/traffic.js"

const never = new AbortController().signal

test("is idle when every request is over, each counted once", async () => {
  const traffic = new Traffic()
  const [one, two] = [traffic.begin(), traffic.begin()]
  let isIdle = false
  const idle = traffic.idle(never).then(() => (isIdle = true))
  one()
  one()
  await Promise.resolve()
  expect(isIdle).toBe(false)
  two()
  await idle
})

test("waiting ends with the signal's reason", async () => {
  const traffic = new Traffic()
  traffic.begin()
  const abort = new AbortController()
  const idle = traffic.idle(abort.signal)
  abort.abort(new Error("time is up"))
  await expect(idle).rejects.toThrow("time is up")
  await expect(traffic.idle(abort.signal)).rejects.toThrow("time is up")
})
