import { describe, expect, test } from "vitest"
import { CALLERS } from "../caller.js"
import { expectNothingLeftIn } from "../leftovers.js"
import { made } from "./made-stages.js"

/** Deaf to SIGTERM, and with a child that holds the output open; that child is deaf too. */
const deaf = (options: string) => `
  import { spawn } from "node:child_process"
  process.on("SIGTERM", () => console.log("heard, and stayed"))
  const child = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"
  spawn(process.execPath, ["-e", child], ${options})
  setInterval(() => undefined, 1000)
`
const PARTING = `
  import { spawn } from "node:child_process"
  spawn("sleep", ["600"], { stdio: "inherit", detached: true }).unref()
  console.log("done")
`

/** Long enough for the stage to be there and deaf, on a busy machine, too. */
const timeoutSeconds = 20
const late = { state: "failed", reason: `not done after ${timeoutSeconds} s, and ended` }

describe.each(CALLERS)("called by %s", (caller) => {
  test("ends a stage that ignores SIGTERM, and the child that holds its output", async () => {
    const { run, temporary } = await made(caller, { hang: deaf('{ stdio: "inherit" }') })
    const { result, text } = await run([{ name: "hang", timeoutSeconds }])
    expect(result.outcome).toBe("failed")
    expect(result.stages[0]).toMatchObject(late)
    expect(text).toContain("heard, and stayed")
    await expectNothingLeftIn(temporary, 0)
  })

  test("ends a child that went into a session of its own", async () => {
    const { run, temporary } = await made(caller, { hang: deaf('{ stdio: "inherit", detached: true }') })
    const { result } = await run([{ name: "hang", timeoutSeconds }])
    expect(result.stages[0]).toMatchObject(late)
    await expectNothingLeftIn(temporary, 0)
  })

  test("takes the result of a stage that ended and left a daemon with its output, and ends that", async () => {
    const { run, temporary } = await made(caller, { parting: PARTING })
    const { result } = await run([{ name: "parting" }])
    expect(result.stages[0]).toMatchObject({ state: "passed", reason: "" })
    expect(result.seconds).toBeLessThan(60)
    await expectNothingLeftIn(temporary, 0)
  })
})
