import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { revision } from "../../../release/deployable.js"
import { mainBegins } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

const SLOW = mainBegins("await new Promise((resolve) => setTimeout(resolve, 2000))")

/** A release that starts once a file is there. */
const waitsFor = (file: string) =>
  mainBegins(
    `const { existsSync } = await import("node:fs")
     while (!existsSync(${JSON.stringify(file)})) await new Promise((resolve) => setTimeout(resolve, 100))`,
  )

test("of two deploys at once the second is refused, by name, and changes nothing", async () => {
  const file = join(there.folder, "go")
  const slow = await there.variant(waitsFor(file))
  const other = await there.variant()
  const [first, second] = await underLoad(there, async () => {
    const running = await there.start("deploy", { release: slow, flags: ["--by=the first one"] })
    await running.printed("✔ migrate")
    const refused = await there.call("deploy", { release: other })
    await writeFile(file, "")
    return [await running.ended, refused] as const
  })
  expect(second, second.text).toMatchObject({
    exitCode: 1,
    result: { outcome: "refused", failedStep: "lock" },
  })
  expect(second.text).toMatch(/held by the first one on .*, for \d+ s.*at step (start new|health gate)/)
  expect(first.exitCode, first.text).toBe(0)
  expect(await answering(there)).toBe(revision(slow))
})

test("with --wait the second waits for its turn, and serves in the end", async () => {
  const [slow, other] = [await there.variant(SLOW), await there.variant()]
  const [first, second] = await underLoad(there, async () => {
    const running = await there.start("deploy", { release: slow })
    // Before its database is copied, which ends every session in it: the one that waits among them.
    await running.printed("✔ lock")
    const waited = await there.call("deploy", { release: other, flags: ["--wait=300"] })
    return [await running.ended, waited] as const
  })
  expect(first.exitCode, first.text).toBe(0)
  expect(second.exitCode, second.text).toBe(0)
  expect(await answering(there)).toBe(revision(other))
})
