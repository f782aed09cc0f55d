import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { beforeEach, describe, expect, onTestFinished, test } from "vitest"
import type { FunctionResult } from "../../../pipeline/outcome.js"
import { as, CALLERS } from "../caller.js"
import { checkout } from "../../../trial/checkout.js"
import { isolated, missing, type Isolated } from "./isolated.js"
import { ON_HOST } from "../ci-run.js"

const CI = ["npm", "run", "--silent", "ci", "--"]
/** Ends with the reason in the list of skipped tests where the machine has no such namespaces. */
beforeEach(async (context) => {
  const reason = await missing("mount")
  if (reason) context.skip(reason)
})

/** A checkout that belongs to the account of this test run, and a caller's environment. */
async function place(caller: Isolated["caller"]) {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  await execa("chmod", ["755", copy.folder])
  await execa("npm", ["run", "generate"], { cwd: copy.folder })
  const home = await mkdtemp(join(tmpdir(), "home-"))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const { env } = await as(caller, home)
  return { caller, namespace: "mount" as const, cwd: copy.folder, env }
}

const stages = (stdout: string) =>
  Object.fromEntries((JSON.parse(stdout) as FunctionResult).stages.map((stage) => [stage.name, stage]))

describe.each(CALLERS)("called by %s", (caller) => {
  test("in a read-only checkout, what writes nothing works, and all else says that it could not write", async () => {
    const prepare = 'mount --bind "$PWD" "$PWD"; mount -o remount,bind,ro "$PWD"; cd "$PWD"'
    const call = { ...(await place(caller)), prepare }

    const format = await isolated(call, [...CI, "format", ...ON_HOST])
    expect(format.stdout).toMatch(/^no log files are written: EROFS/)
    expect(format.stdout).toContain("✔  format passed")
    expect(format.exitCode).toBe(0)

    const build = await isolated(call, [...CI, "build", ...ON_HOST, "--json"])
    expect(build.exitCode).toBe(1)
    expect(stages(build.stdout)).toMatchObject({
      generate: {
        state: "failed",
        reason: expect.stringContaining("EROFS: read-only file system") as string,
      },
      build: { state: "skipped", reason: "needs generate, which failed" },
    })
  })

  test("a full disk ends the stage that needs a database, naming the folder, and nothing stays", async () => {
    const prepare = 'mount -t tmpfs -o size=2m,mode=777 tmpfs "$TMPDIR"'
    const call = { ...(await place(caller)), prepare, after: 'ls -A "$TMPDIR" >&2' }
    if (caller === "an ordinary user") await execa("chown", ["-R", "65534:65534", call.cwd])
    const { stdout, stderr, exitCode } = await isolated(call, [
      ...CI,
      "test",
      "--only",
      "server",
      ...ON_HOST,
      "--json",
    ])
    expect(exitCode).toBe(1)
    const { reason, state } = stages(stdout)["test-server"] ?? {}
    expect(state).toBe("error")
    expect(reason).toMatch(/^PostgreSQL could not be initialised in \S+: .*No space left on device/)
    expect(reason).toContain(`in ${call.env["TMPDIR"]}/aca-ci-`)
    expect(reason).toMatch(/set TMPDIR to a folder with room$/)
    expect(stderr.split("\n").filter((name) => name.startsWith("aca-ci-"))).toEqual([])
  })

  test("a temporary folder that takes no file at all is named, with the way out", async () => {
    const prepare = 'mount -t tmpfs -o nr_inodes=1,mode=777 tmpfs "$TMPDIR"'
    const call = { ...(await place(caller)), prepare }
    const { stderr, exitCode } = await isolated(call, [...CI, "format", ...ON_HOST])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`expected a temporary folder that can be written, got ${call.env["TMPDIR"]}: `)
    expect(stderr).toContain("set TMPDIR to one")
    expect(stderr).not.toContain("    at ")
  })
})

test("an ordinary user formats a checkout of another account, and is told that no log is written", async (context) => {
  if (process.getuid?.() !== 0) context.skip("only root can make a checkout that belongs to another account")
  const call = { ...(await place("an ordinary user")), prepare: "" }
  const format = await isolated(call, [...CI, "format", ...ON_HOST])
  expect(format.stdout).toMatch(/^no log files are written: EACCES/)
  expect(format.exitCode).toBe(0)

  const build = await isolated(call, [...CI, "build", ...ON_HOST, "--json"])
  expect(build.exitCode).toBe(1)
  expect(stages(build.stdout)["generate"]?.reason).toContain("EACCES: permission denied")
})
