import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { schedule } from "../../host/schedule.js"
import type { Outcome, StageResult } from "../../pipeline/outcome.js"
import type { Stage } from "../../pipeline/stage.js"

const stage = (name: string, needs: string[] = []): Stage => ({
  ...{ name, needs, summary: "", timeoutSeconds: 1, repeat: "" },
  runs: { script: name },
})

/** Runs stages that end as told, and notes when each begins and ends. */
async function scheduled(stages: Stage[], states: Record<string, Outcome> = {}, slots = 2) {
  const story: string[] = []
  const skipped: string[] = []
  const execute = async ({ name }: Stage): Promise<StageResult> => {
    story.push(`+${name}`)
    await sleep(5)
    story.push(`-${name}`)
    return { name, state: states[name] ?? "passed", seconds: 0, reason: "" }
  }
  const { signal } = new AbortController()
  const results = await schedule(stages, {
    slots,
    signal,
    execute,
    skipped: ({ name }) => skipped.push(name),
  })
  return { story, skipped, results }
}

test("a stage begins after what it needs has passed", async () => {
  const { story } = await scheduled([stage("b", ["a"]), stage("a")])
  expect(story).toEqual(["+a", "-a", "+b", "-b"])
})

test("no more stages run at once than there are slots, and the first in the list go first", async () => {
  const { story } = await scheduled([stage("a"), stage("b"), stage("c")])
  expect(story.slice(0, 2)).toEqual(["+a", "+b"])
  expect(story.indexOf("+c")).toBeGreaterThan(story.findIndex((word) => word.startsWith("-")))
})

test("what needs a stage that did not pass is skipped with the reason, and so is what needs that", async () => {
  const stages = [stage("a"), stage("b", ["a"]), stage("c", ["b"]), stage("d")]
  const { results, skipped } = await scheduled(stages, { a: "failed" })
  expect(results.map(({ state }) => state)).toEqual(["failed", "skipped", "skipped", "passed"])
  expect(results.map(({ reason }) => reason)).toEqual([
    "",
    "needs a, which failed",
    "needs b, which was skipped",
    "",
  ])
  expect(skipped).toEqual(["b", "c"])
})

test("after an interruption nothing more is begun", async () => {
  const controller = new AbortController()
  const execute = async ({ name }: Stage): Promise<StageResult> => {
    controller.abort()
    return Promise.resolve({ name, state: "error", seconds: 0, reason: "interrupted" })
  }
  const execution = { slots: 1, signal: controller.signal, execute, skipped: () => undefined }
  const results = await schedule([stage("a"), stage("b")], execution)
  expect(results.map(({ reason }) => reason)).toEqual(["interrupted", "interrupted before it began"])
})
