import { execa } from "execa"
import { describe, expect, test } from "vitest"
import { ON_HOST } from "./ci-run.js"

/** The command line as a person calls it. */
function ci(...args: string[]) {
  const host = args[0] === "list" ? [] : ON_HOST
  return execa("npm", ["run", "--silent", "ci", "--", ...args, ...host], { reject: false, stdin: "ignore" })
}

describe("the command line", () => {
  test("lists every function", async () => {
    const { stdout, exitCode } = await ci("list")
    expect(exitCode).toBe(0)
    for (const name of [
      "check",
      "lint",
      "format",
      "typecheck",
      "test",
      "build",
      "audit",
      "migrate",
      "smoke",
      "up",
      "down",
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"))
    }
  })

  test("says how to repeat a failed call as it was made", async () => {
    const env = {
      DATABASE_URL: "postgresql://user:word@127.0.0.1:1/none",
      SMOKE_API_KEY: "aca_none",
      CI: "true",
    }
    const call = (...args: string[]) =>
      execa("npm", ["run", "--silent", "ci", "--", ...args, ...ON_HOST], { env, reject: false })
    expect((await call("migrate")).stdout).toMatch(/^repeat {2}npm run ci -- migrate$/m)
    const smoke = ["smoke", "--server-url", "http://127.0.0.1:1"]
    expect((await call(...smoke)).stdout).toContain(`repeat  npm run ci -- ${smoke.join(" ")}\n`)
  })

  test("prints one JSON document on standard output and all else on standard error", async () => {
    const { stdout, stderr, exitCode } = await ci("format", "--json")
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      function: "format",
      executor: "host",
      outcome: "passed",
      seconds: expect.any(Number) as number,
      stages: [{ name: "format", state: "passed", seconds: expect.any(Number) as number, reason: "" }],
      result: null,
    })
    expect(stderr).toContain("format")
  })

  test.each([
    [["bogus"], "expected a function, received bogus"],
    [["test", "--only", "moon"], "--only to be one of server, client, ci, received moon"],
    [["smoke", "--server-url", "ftp://x"], "--server-url to be an http or https URL, received ftp://x"],
    [["up", "--port", "70000"], "--port to be a port from 0 to 65535, received 70000"],
  ])("refuses %j with exit code 2 and says what it expected", async (args, message) => {
    const { stderr, exitCode } = await ci(...args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
  })
})
