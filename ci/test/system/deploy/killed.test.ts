import { afterAll, beforeAll, expect, test } from "vitest"
import { STEPS } from "../../../pipeline/deploy-steps.js"
import { revision } from "../../../release/deployable.js"
import { mainBegins, recorded, smokeWaits, withMigration } from "../../../trial/edits.js"
import { ground, type Ground } from "../../../trial/ground.js"
import { answering, underLoad } from "./under-load.js"

let there: Ground
beforeAll(async () => {
  there = await ground()
})
afterAll(() => there.remove())

/** So that every step takes long enough to be met in it. */
const SLOW_MIGRATION = "SELECT pg_sleep(1);"
const SLOW_START = "await new Promise((resolve) => setTimeout(resolve, 1000))"
/** Where the kill has to come before the smoke test has passed. */
const SMOKED = ["switch", "smoke"]
const DONE = (step: string) => `✔ ${step}`

/** Until the smoke test has passed the old version serves; after that the new one has proved itself. */
const KILLS = STEPS.slice(0, -1).map((before, index) => [STEPS[index + 1] ?? "", before] as const)

test.each(KILLS)("killed in %s, nothing is lost and the next deploy needs no help", async (during, after) => {
  const old = await answering(there)
  const name = `20261125${String(KILLS.findIndex(([step]) => step === during)).padStart(6, "0")}_slow`
  const change = async (folder: string) => {
    await withMigration(name, SLOW_MIGRATION)(folder)
    await mainBegins(SLOW_START)(folder)
    if (SMOKED.includes(during)) await smokeWaits(5_000)(folder)
  }
  const release = recorded(await there.variant(change), name, SLOW_MIGRATION)
  await underLoad(there, async () => {
    const running = await there.start("deploy", { release })
    await running.printed(DONE(after))
    running.kill()
    await running.ended
  })
  const isProven = ["retire old", "unlock"].includes(during)
  expect(await answering(there)).toBe(isProven ? revision(release) : old)

  if (during === "retire old") {
    await there.call("deploy", { release: await there.variant() })
    const { text, exitCode } = await there.call("rollback")
    expect(exitCode, text).toBe(0)
    expect(await answering(there), "goes back to what proved itself").toBe(revision(release))
  }
  const next = await underLoad(there, () => there.call("deploy", { release }))
  expect(next.exitCode, next.text).toBe(0)
  expect(await answering(there)).toBe(revision(release))
})

test("killed before its first step, it leaves nothing", async () => {
  const old = await answering(there)
  const running = await there.start("deploy", { release: await there.variant() })
  await running.printed("serving now")
  running.kill()
  await running.ended
  expect(await answering(there)).toBe(old)
})

test("Ctrl-C takes it back, and says so", async () => {
  const old = await answering(there)
  const release = await there.variant(smokeWaits(5_000))
  const { exitCode, result, text } = await underLoad(there, async () => {
    const running = await there.start("deploy", { release })
    await running.printed(DONE("start new"))
    running.interrupt()
    return running.ended
  })
  expect(result, text).toMatchObject({ outcome: "taken back", reason: "interrupted" })
  expect(exitCode).toBe(3)
  expect(await answering(there)).toBe(old)
})
