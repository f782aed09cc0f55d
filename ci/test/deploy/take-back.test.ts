import { expect, test } from "vitest"
import { takeBack } from "../../deploy/take-back.js"
import type { Work } from "../../deploy/work.js"
import type { Colour, Instance } from "../../targets/target.js"

const signal = new AbortController().signal
const release = { commit: "c0".repeat(20) }
const instance = (colour: Colour, version = "v1") => ({ colour, version, release }) as unknown as Instance

/** A deploy that has switched from blue to green, on a target that only remembers. */
function switched({ goesBack = true, isFirst = false, isLost = false } = {}) {
  const before = isFirst ? undefined : instance("blue")
  const done: string[] = []
  let serving: Instance | undefined = instance("green")
  const target = {
    carries: new Set(),
    serving: () => Promise.resolve(serving),
    remove: (colour: Colour) => Promise.resolve(void done.push(`removed ${colour}`)),
  }
  const back = () => {
    if (!goesBack) return Promise.reject(new Error("the front does not answer"))
    serving = before
    done.push("back")
    return Promise.resolve()
  }
  const lock = { lost: isLost ? AbortSignal.abort() : signal }
  const work = { target, before, started: instance("green"), switched: { back }, lock } as unknown as Work
  return { work, done }
}

test("the front goes back first, then what was started is removed", async () => {
  const { work, done } = switched()
  expect(await takeBack(work, signal)).toBe("blue serves, as before")
  expect(done).toEqual(["back", "removed green"])
})

test("where nothing served before, nothing does again", async () => {
  const { work } = switched({ isFirst: true })
  expect(await takeBack(work, signal)).toBe("nothing serves, as before")
})

test("when the front can't be led back a person must look, and what serves is not removed", async () => {
  const { work, done } = switched({ goesBack: false })
  await expect(takeBack(work, signal)).rejects.toThrow(
    /expected v1 \(.*, blue\) to serve, found v1 \(.*, green\): the front does not answer/,
  )
  expect(done).toEqual([])
})

test("a switch that was kept, of which only word was lost, is not taken back", async () => {
  const { work, done } = switched({ goesBack: false })
  work.keeping = Promise.reject(new Error("the connection broke"))
  await work.keeping.catch(() => undefined)
  expect(await takeBack(work, signal)).toBe("green serves: the switch was kept, only word of it was lost")
  expect({ isProven: work.isProven, done }).toEqual({ isProven: true, done: [] })
})

test("where the front is down nothing is called taken back, whatever it will lead to", async () => {
  const { work } = switched()
  const down = () => Promise.reject(new Error("expected the front to run"))
  const settled = () => Promise.resolve(work.before)
  Object.assign(work.target, { serving: down, settled })
  await expect(takeBack(work, signal)).rejects.toThrow("expected the front to run")
  expect(work.isBack).toBeUndefined()
})

test("one whose time is up while the front goes back does nothing more", async () => {
  const { work, done } = switched()
  const timeIsUp = AbortSignal.abort(new Error("the time is up"))
  await expect(takeBack(work, timeIsUp)).rejects.toThrow("the time is up")
  expect(done).toEqual(["back"])
})

test("without the lock, what was started is left alone: by now it may be the next deploy's", async () => {
  const { work, done } = switched({ isLost: true })
  expect(await takeBack(work, signal)).toBe("blue serves, as before")
  expect(done).toEqual(["back"])
})

test.each([
  ["goes back", "blue serves, as before", undefined],
  ["can't", undefined, /expected v1 .* to serve, found v2 .*: no such revision/],
])("a platform that has switched by itself and %s", async (_, expected, refusal) => {
  const before = instance("blue")
  let serving = instance("blue", "v2")
  const done: string[] = []
  const goBack = (to: Instance) => {
    if (refusal) return Promise.reject(new Error("no such revision"))
    serving = to
    return Promise.resolve()
  }
  const remove = (colour: Colour) => Promise.resolve(void done.push(`removed ${colour}`))
  const target = { carries: new Set(["switch"]), serving: () => Promise.resolve(serving), goBack, remove }
  const work = { target, before, started: serving, lock: { lost: signal } } as unknown as Work
  const back = takeBack(work, signal)
  if (refusal) await expect(back).rejects.toThrow(refusal)
  else expect(await back).toBe(expected)
  expect(done, "its one place is not emptied").toEqual([])
})
