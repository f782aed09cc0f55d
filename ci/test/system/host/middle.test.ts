import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { describe, expect, onTestFinished, test } from "vitest"
import { as, CALLERS, type Caller } from "../caller.js"
import { checkout } from "../checkout.js"
import { expectNothingLeftIn } from "../leftovers.js"

const NPM = ["npm", "run", "--silent", "ci", "--"]
const NODE = [process.execPath, "ci/bootstrap.mjs"]
const TEST = ["test", "--only", "server"]
const UP = ["up", "--port", "0", "--server-port", "0"]

/** What a stage's log says at that moment. */
type Moment = readonly [stage: string, text: string]

/** Starts a function as the leader of a process group and returns when a stage's log says what is waited for. */
async function middle(caller: Caller, argv: readonly string[], [stage, text]: Moment) {
  const { folder, remove } = await checkout()
  onTestFinished(remove)
  const options = await as(caller, folder)
  const [file = "", ...args] = argv
  const ends = { detached: true, cleanup: false, reject: false, stdin: "ignore", stdout: "ignore" } as const
  const child = execa(file, args, { ...options, ...ends, stderr: "ignore" })
  const deadline = Date.now() + 240_000
  while (!(await log(folder, stage)).includes(text)) {
    if (Date.now() > deadline) throw new Error(`${stage}.log never said ${text}`)
    await sleep(50)
  }
  return { child, temporary: options.env["TMPDIR"] ?? "" }
}

async function log(folder: string, stage: string): Promise<string> {
  const runs = await readdir(join(folder, ".runs")).catch(() => [])
  const texts = runs.map((run) =>
    readFile(join(folder, ".runs", run, `${stage}.log`), "utf8").catch(() => ""),
  )
  return (await Promise.all(texts)).join("")
}

const inTheTests: Moment = ["test", "RUN"]
const whenItIsUp: Moment = ["start", "the client is at"]
type Middle = Awaited<ReturnType<typeof middle>>
const signal = ({ child }: Middle, name: NodeJS.Signals) => process.kill(child.pid ?? 0, name)
const signalGroup = ({ child }: Middle, name: NodeJS.Signals) => process.kill(-(child.pid ?? 0), name)

describe.each(CALLERS)("called by %s", (caller) => {
  test("Ctrl-C while Vitest runs leaves nothing, with exit code 130", async () => {
    const run = await middle(caller, [...NODE, ...TEST], inTheTests)
    signalGroup(run, "SIGINT")
    expect((await run.child).exitCode).toBe(130)
    await expectNothingLeftIn(run.temporary, 0)
  })

  test("SIGTERM to npm alone ends what npm started, too", async () => {
    const run = await middle(caller, [...NPM, ...TEST], inTheTests)
    signal(run, "SIGTERM")
    await run.child
    await expectNothingLeftIn(run.temporary)
  })

  test("a kill of the executor while Vitest runs leaves nothing", async () => {
    const run = await middle(caller, [...NODE, ...TEST], inTheTests)
    signal(run, "SIGKILL")
    await run.child
    await expectNothingLeftIn(run.temporary)
  })

  test("a kill of up takes the server and the database away", async () => {
    const run = await middle(caller, [...NODE, ...UP], whenItIsUp)
    signal(run, "SIGKILL")
    await run.child
    await expectNothingLeftIn(run.temporary)
  })

  test("SIGTERM ends up like Ctrl-C: exit code 0, nothing left", async () => {
    const run = await middle(caller, [...NODE, ...UP], whenItIsUp)
    signal(run, "SIGTERM")
    expect((await run.child).exitCode).toBe(0)
    await expectNothingLeftIn(run.temporary, 0)
  })
})
