import { beforeEach, expect, onTestFinished, test } from "vitest"
import type { FunctionResult } from "../../../pipeline/outcome.js"
import { as, CALLERS, type Caller } from "../caller.js"
import { checkout } from "../../../trial/checkout.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn } from "../leftovers.js"
import { isolated, LOOPBACK_ONLY, missing } from "./isolated.js"
import { ON_HOST } from "../ci-run.js"
import { replaceScripts } from "../npm-scripts.js"

beforeEach(async (context) => {
  const reason = await missing("net")
  if (reason) context.skip(reason)
})

const SOME_TESTS = "vitest run --project server --project client --project ci settings routing pipeline"
const SOME_OF_SERVER = "vitest run --project server database workflows"

/** Runs the pipeline where nothing but this machine itself can be reached. */
async function offline(caller: Caller, ...args: string[]) {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  await replaceScripts(copy.folder, ["test:app"], SOME_TESTS)
  await replaceScripts(copy.folder, ["test:server"], SOME_OF_SERVER)
  const { env } = await as(caller, copy.folder)
  const call = { caller, namespace: "net" as const, prepare: LOOPBACK_ONLY, cwd: copy.folder, env }
  const command = ["npm", "run", "--silent", "ci", "--", ...args, ...ON_HOST, "--json"]
  const { stdout, exitCode } = await isolated(call, command)
  return { exitCode, result: JSON.parse(stdout) as FunctionResult, temporary: env["TMPDIR"] ?? "" }
}

test("with no network the whole main job is green, but for the audit that has to ask a registry", async () => {
  const { exitCode, result, temporary } = await offline(CALLERS.at(-1) ?? "this account", "main")
  expect(result.stages.filter(({ state }) => state !== "passed")).toEqual([
    {
      name: "audit-dependencies",
      state: "skipped",
      seconds: expect.any(Number) as number,
      reason: expect.stringContaining("the audit could not be made") as string,
    },
  ])
  expect(result.outcome).toBe("passed")
  expect(exitCode).toBe(0)
  await expectNothingLeftIn(temporary, AT_ONCE_SECONDS)
})

test.each(CALLERS.slice(0, -1))(
  "with no network the server's tests run on PostgreSQL, called by %s",
  async (caller) => {
    const { exitCode, result } = await offline(caller, "test", "--only", "server")
    expect(result.stages).toMatchObject([
      { state: "passed" },
      { name: "test-server", state: "passed", reason: "" },
    ])
    expect(exitCode).toBe(0)
  },
)
