import { existsSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import { as, CALLERS, type Caller } from "../caller.js"
import { checkout } from "../checkout.js"
import { expectNothingLeftIn, leftIn } from "../leftovers.js"

const NPM = ["npm", "run", "--silent", "ci", "--"]
const NODE = [process.execPath, "ci/bootstrap.mjs"]
const UP = ["up", "--port", "0", "--server-port", "0"]

/** Starts a function as the leader of a process group, as a terminal does. */
async function started(caller: Caller, [file = "", ...args]: readonly string[]) {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  const options = await as(caller, copy.folder)
  const ends = { detached: true, cleanup: false, reject: false, stdin: "ignore", all: true } as const
  const child = execa(file, args, { ...options, ...ends })
  const said = { text: "" }
  child.all.on("data", (chunk: Buffer) => (said.text += chunk.toString()))
  return {
    child,
    said,
    group: -(child.pid ?? 0),
    temporary: options.env["TMPDIR"] ?? "",
    folder: copy.folder,
  }
}

type Started = Awaited<ReturnType<typeof started>>

async function until({ said }: Started, isSo: () => Promise<boolean> | boolean) {
  const deadline = Date.now() + 240_000
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`what was waited for did not come; it said: ${said.text}`)
    await sleep(100)
  }
}

const hasPostgres = async ({ temporary }: Started) =>
  (await leftIn(temporary)).some((line) => line.includes("bin/postgres"))
const isUp = ({ said }: Started) => said.text.includes("The platform is up")

describe.each(CALLERS)("called by %s", (caller) => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s in the middle of the tests leaves nothing, with exit code 130",
    async (signal) => {
      const run = await started(caller, [...NODE, "test", "--only", "server"])
      await until(run, () => hasPostgres(run))
      process.kill(run.child.pid ?? 0, signal)
      const { exitCode } = await run.child
      expect(run.said.text).toContain("interrupted")
      expect(exitCode).toBe(130)
      await expectNothingLeftIn(run.temporary)
    },
  )

  test("a kill of the executor leaves nothing either", async () => {
    const run = await started(caller, [...NODE, "test", "--only", "server"])
    await until(run, () => hasPostgres(run))
    process.kill(run.child.pid ?? 0, "SIGKILL")
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
    expect(await leftIn(run.temporary)).toEqual([])
    expect((await run.child).exitCode).toBe(0)
  })
})

test("a terminal's Ctrl-C, which reaches npm and the run at once, leaves nothing and shows the table", async () => {
  const run = await started("this account", [...NPM, "test", "--only", "server"])
  await until(run, () => hasPostgres(run))
  process.kill(run.group, "SIGINT")
  // npm ends as the signal asks; a shell calls that 130.
  expect(await run.child).toMatchObject({ signal: "SIGINT" })
  expect(run.said.text).toMatch(/test +error .*interrupted/)
  await expectNothingLeftIn(run.temporary)
})

test("Ctrl-C is how up is meant to end: exit code 0, nothing left, the key's file gone", async () => {
  const run = await started("this account", [...NODE, ...UP])
  await until(run, () => isUp(run))
  const [, keyFile = ""] = /cat (\S+)/.exec(run.said.text) ?? []
  expect(existsSync(keyFile)).toBe(true)
  process.kill(run.group, "SIGINT")
  expect((await run.child).exitCode).toBe(0)
  await expectNothingLeftIn(run.temporary)
  expect(existsSync(keyFile)).toBe(false)
})

test("down says so when nothing is up", async () => {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  const { stdout } = await execa("npm", [...NPM.slice(1), "down"], { cwd: copy.folder })
  expect(stdout).toBe("Nothing was up.")
})
