import { expect, test } from "vitest"
import { takeBack } from "../../deploy/take-back.js"
import type { Work } from "../../deploy/work.js"
import type { Colour, Instance } from "../../targets/target.js"

const signal = new AbortController().signal
const instance = (colour: Colour) => ({ colour, version: "v1" }) as Instance

/** A deploy that has switched from blue to green, on a target that only remembers. */
function switched({ goesBack = true, isFirst = false, isLost = false } = {}) {
  const before = isFirst ? undefined : instance("blue")
  const done: string[] = []
  let serving: Instance | undefined = instance("green")
  const target = {
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
    "expected blue to serve, found green: the front does not answer",
  )
  expect(done).toEqual([])
})

test("without the lock, what was started is left alone: by now it may be the next deploy's", async () => {
  const { work, done } = switched({ isLost: true })
  expect(await takeBack(work, signal)).toBe("blue serves, as before")
  expect(done).toEqual(["back"])
})
