import { expect, test } from "vitest"
import type { StepResult } from "../../deploy/result.js"
import { Teller } from "../../deploy/teller.js"

function told(signal = new AbortController().signal) {
  const lines: string[] = []
  const listener = {
    begun: (name: StepResult["name"]) => void lines.push(`begun ${name}`),
    ended: ({ name, outcome, note }: StepResult) => void lines.push(`${name} ${outcome}: ${note}`),
  }
  return { lines, teller: new Teller(listener, () => 10, signal) }
}

test("a step is told when it begins and how it ended", async () => {
  const { lines, teller } = told()
  await teller.step("lock", () => Promise.resolve("taken"))
  await teller.leaveOut("migrate", "a rollback leaves the schema as it is")
  const failing = teller.step("smoke", () => Promise.reject(new Error("no page")))
  await expect(failing).rejects.toThrow("no page")
  expect(lines).toEqual([
    ...["begun lock", "lock done: taken"],
    "migrate left out: a rollback leaves the schema as it is",
    ...["begun smoke", "smoke failed: no page"],
  ])
})

test("after Ctrl-C no step begins, but what takes a deploy back does", async () => {
  const stopped = new AbortController()
  stopped.abort(new Error("interrupted"))
  const { teller } = told(stopped.signal)
  await expect(teller.step("smoke", () => new Promise(() => undefined))).rejects.toThrow("interrupted")
  await teller.step("take back", () => Promise.resolve("blue serves, as before"))
  await teller.step("unlock", () => Promise.resolve(""))
  expect(teller.results.map(({ outcome }) => outcome)).toEqual(["failed", "done", "done"])
})
