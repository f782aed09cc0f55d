import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { CALLERS, type Caller } from "../caller.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn } from "../leftovers.js"
import { NODE, NPM, started, TEST, until, UP } from "./started.js"

/** What a stage's log says at that moment. */
type Moment = readonly [stage: string, text: string]

/** Starts a function and returns when a stage's log says what is waited for. */
async function middle(caller: Caller, argv: readonly string[], [stage, text]: Moment) {
  const run = await started(caller, argv)
  await until(run, async () => (await log(run.folder, stage)).includes(text))
  return run
}

async function log(folder: string, stage: string): Promise<string> {
  const runs = await readdir(join(folder, ".runs")).catch(() => [])
  const texts = runs.map((run) =>
    readFile(join(folder, ".runs", run, `${stage}.log`), "utf8").catch(() => ""),
  )
  return (await Promise.all(texts)).join("")
}

const inTheTests: Moment = ["test-server", "RUN"]
const whenItIsUp: Moment = ["start", "the client is at"]

// With the other caller it is interrupted at other moments: interrupt.test.ts.
describe.each(CALLERS.slice(-1))("called by %s", (caller) => {
  test("Ctrl-C while Vitest runs leaves nothing, with exit code 130", async () => {
    const run = await middle(caller, [...NODE, ...TEST], inTheTests)
    run.signalGroup("SIGINT")
    expect((await run.child).exitCode).toBe(130)
    await expectNothingLeftIn(run.temporary, AT_ONCE_SECONDS)
  })

  test("SIGTERM to npm alone ends what npm started, too", async () => {
    const run = await middle(caller, [...NPM, ...TEST], inTheTests)
    run.signal("SIGTERM")
    await run.child
    await expectNothingLeftIn(run.temporary)
  })

  test("a kill of the executor while Vitest runs leaves nothing", async () => {
    const run = await middle(caller, [...NODE, ...TEST], inTheTests)
    run.signal("SIGKILL")
    await run.child
    await expectNothingLeftIn(run.temporary)
  })

  test("a kill of up takes the server and the database away", async () => {
    const run = await middle(caller, [...NODE, ...UP], whenItIsUp)
    run.signal("SIGKILL")
    await run.child
    await expectNothingLeftIn(run.temporary)
  })

  test("SIGTERM ends up like Ctrl-C: exit code 0, nothing left", async () => {
    const run = await middle(caller, [...NODE, ...UP], whenItIsUp)
    run.signal("SIGTERM")
    expect((await run.child).exitCode).toBe(0)
    await expectNothingLeftIn(run.temporary, AT_ONCE_SECONDS)
  })
})
