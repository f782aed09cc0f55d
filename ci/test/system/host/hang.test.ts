import { describe, expect, test } from "vitest"
import { CALLERS } from "../caller.js"
import { AT_ONCE_SECONDS, expectNothingLeftIn } from "../leftovers.js"
import { made } from "./made-stages.js"

/** Deaf to SIGTERM, and with children that hold the output open, one in a session of its own; those are deaf too. */
const DEAF = `
  import { spawn } from "node:child_process"
  process.on("SIGTERM", () => console.log("heard, and stayed"))
  const child = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"
  for (const detached of [false, true]) spawn(process.execPath, ["-e", child], { stdio: "inherit", detached })
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
  test("ends a stage that ignores SIGTERM, and the children that hold its output", async () => {
    const { run, temporary } = await made(caller, { hang: DEAF })
    const { result, text } = await run([{ name: "hang", timeoutSeconds }])
    expect(result.outcome).toBe("failed")
    expect(result.stages[0]).toMatchObject(late)
    expect(text).toContain("heard, and stayed")
    await expectNothingLeftIn(temporary, AT_ONCE_SECONDS)
  })

  test("takes the result of a stage that ended and left a daemon with its output, and ends that", async () => {
    const { run, temporary } = await made(caller, { parting: PARTING })
    const { result } = await run([{ name: "parting" }])
    expect(result.stages[0]).toMatchObject({ state: "passed", reason: "" })
    expect(result.seconds).toBeLessThan(60)
    await expectNothingLeftIn(temporary, AT_ONCE_SECONDS)
  })
})
