import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import { freePort } from "../../../../host/free-port.js"
import { as, CALLERS } from "../../caller.js"
import { checkout } from "../../../../trial/checkout.js"
import { ON_HOST } from "../../ci-run.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn } from "../../leftovers.js"

const ci = ["run", "--silent", "ci", "--"]

/** The settings of `local` with a port of the test's own. */
async function settings() {
  const port = await freePort()
  return { url: `http://127.0.0.1:${port}`, SETTINGS: `TARGET=local\nFRONT_PORT=${port}\n` }
}

describe.each(CALLERS)("called by %s", (caller) => {
  test("what is deployed serves after the command has ended, until down", async () => {
    const { folder, remove } = await checkout()
    onTestFinished(remove)
    const { env, ...options } = await as(caller, folder)
    const { url, SETTINGS } = await settings()
    const call = (...args: string[]) =>
      execa("npm", [...ci, ...args], {
        ...options,
        env: { ...env, SETTINGS },
        stdin: "ignore",
        reject: false,
      })
    onTestFinished(async () => {
      await call("down")
    })
    const deployed = await call("deploy", "--environment=local", "--settings=env://SETTINGS", ...ON_HOST)
    expect(deployed.exitCode, `${String(deployed.stdout)}\n${String(deployed.stderr)}`).toBe(0)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect((await call("down")).stdout).toContain("its data is in .local/database")
    expect(await readdir(join(folder, ".local"))).toEqual(["database", "logs", "releases"])
    await expectNothingLeftIn(env["TMPDIR"] ?? "", AT_ONCE_SECONDS)
  })
})

test.runIf(CALLERS.includes("an ordinary user"))(
  "in a checkout that can't be written it says what it expected",
  async () => {
    const { folder, remove } = await checkout()
    onTestFinished(remove)
    const { env, ...options } = await as("an ordinary user", folder)
    await execa("chown", ["-R", "root", folder])
    const { SETTINGS } = await settings()
    const program = ["--import", "tsx", "ci/deploy/programs/deploy.ts", "--environment=local"]
    const ended = await execa(process.execPath, program, {
      ...options,
      env: { ...env, SETTINGS },
      reject: false,
    })
    expect(ended.exitCode).toBe(1)
    expect(ended.stdout).toMatch(/^error: expected to write into .*\.local, .* received: EACCES/)
  },
)
