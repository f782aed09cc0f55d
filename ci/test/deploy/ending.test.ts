import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { ended } from "../../deploy/ending.js"
import type { Teller } from "../../deploy/teller.js"
import type { Work } from "../../deploy/work.js"
import type { Colour, Instance } from "../../targets/target.js"

const instance = (colour: Colour) => ({ colour, version: "v1", release: { commit: "c0" } }) as Instance
const failure = new Error("the smoke test failed")

/** A deploy that failed while a colour serves, of which removing what was started takes too long. */
function failed(serving: Colour) {
  const target = {
    carries: new Set(),
    serving: () => Promise.resolve(instance(serving)),
    remove: () => new Promise(() => undefined),
  }
  const lock = { lost: new AbortController().signal }
  const [before, started] = [instance("blue"), instance("green")]
  const work = { target, lock, before, started, order: started, hasChanged: true } as unknown as Work
  const step = async (_: string, action: (signal: AbortSignal) => Promise<unknown>) =>
    Promise.race([action(AbortSignal.timeout(50)), late()])
  return ended(work, { results: [], step } as unknown as Teller, failure)
}
const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 50))

test("what serves again is taken back, however long the removal of the new version takes", async () => {
  expect(await failed("blue")).toMatchObject({ outcome: "taken back", reason: failure.message })
})

test("what does not serve again is lost", async () => {
  expect(await failed("green")).toMatchObject({ outcome: "lost" })
})

test("a deploy that is interrupted while its switch is kept has succeeded", async () => {
  const [before, started] = [instance("blue"), instance("green")]
  const target = { serving: () => Promise.resolve(started) }
  const say = () => undefined
  const work = { target, before, started, order: started, hasChanged: true, say } as unknown as Work
  work.keeping = sleep(50).then(() => void (work.isProven = true))
  const step = () => Promise.reject(new Error("expected nothing to be taken back"))
  const ending = await ended(work, { results: [], step } as unknown as Teller, new Error("interrupted"))
  expect(ending.outcome).toBe("succeeded")
})
