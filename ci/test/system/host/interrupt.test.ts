import { existsSync } from "node:fs"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import { CALLERS } from "../caller.js"
import { checkout } from "../../../trial/checkout.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn, leftIn } from "../leftovers.js"
import { NODE, NPM, started, TEST, until, UP, type Started } from "./started.js"

const hasPostgres = async ({ temporary }: Started) =>
  (await leftIn(temporary)).some((line) => line.includes("bin/postgres"))
const isUp = ({ said }: Started) => said.text.includes("The platform is up")

describe.each(CALLERS)("called by %s", (caller) => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s in the middle of the tests leaves nothing, with exit code 130",
    async (signal) => {
      const run = await started(caller, [...NODE, ...TEST])
      await until(run, () => hasPostgres(run))
      run.signal(signal)
      const { exitCode } = await run.child
      expect(run.said.text).toContain("interrupted")
      expect(exitCode).toBe(130)
      await expectNothingLeftIn(run.temporary)
    },
  )

  test("a kill of the executor leaves nothing either", async () => {
    const run = await started(caller, [...NODE, ...TEST])
    await until(run, () => hasPostgres(run))
    run.signal("SIGKILL")
    await expectNothingLeftIn(run.temporary)
  })

  test("down ends up, says so when all is gone, and a second up is refused before", async () => {
    const run = await started(caller, [...NPM, ...UP])
    await until(run, () => isUp(run))
    const call = (...args: string[]) =>
      execa("npm", [...NPM.slice(1), ...args], { cwd: run.folder, reject: false })
    const again = await call(...UP)
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining("is up already")])
    expect((await call("down")).stdout).toBe("The platform is down.")
    expect((await run.child).exitCode).toBe(0)
    await expectNothingLeftIn(run.temporary, AT_ONCE_SECONDS)
  })
})

test("a terminal's Ctrl-C, which reaches npm and the run at once, leaves nothing and shows the table", async () => {
  const run = await started("this account", [...NPM, ...TEST])
  await until(run, () => hasPostgres(run))
  run.signalGroup("SIGINT")
  // npm ends as the signal asks; a shell calls that 130.
  expect(await run.child).toMatchObject({ signal: "SIGINT" })
  expect(run.said.text).toMatch(/test-server +error .*interrupted/)
  await expectNothingLeftIn(run.temporary)
})

test("Ctrl-C is how up is meant to end: exit code 0, nothing left, the key's file gone", async () => {
  const run = await started("this account", [...NODE, ...UP])
  await until(run, () => isUp(run))
  const [, keyFile = ""] = /cat (\S+)/.exec(run.said.text) ?? []
  expect(existsSync(keyFile)).toBe(true)
  run.signalGroup("SIGINT")
  expect((await run.child).exitCode).toBe(0)
  await expectNothingLeftIn(run.temporary)
  expect(existsSync(keyFile)).toBe(false)
})

test("Ctrl-C before the platform is up is an interruption: exit code 130, nothing left", async () => {
  const run = await started("this account", [...NODE, ...UP])
  await until(run, () => run.said.text.includes("build"))
  run.signalGroup("SIGINT")
  expect((await run.child).exitCode).toBe(130)
  await expectNothingLeftIn(run.temporary)
})

test("down says so when nothing is up", async () => {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  const { stdout } = await execa("npm", [...NPM.slice(1), "down"], { cwd: copy.folder })
  expect(stdout).toBe("Nothing was up.")
})
