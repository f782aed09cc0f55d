import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { onTestFinished } from "vitest"
import { as, type Caller } from "../caller.js"
import { checkout } from "../../../trial/checkout.js"
import { ON_HOST } from "../ci-run.js"

/** The pipeline as npm calls it, and without npm. */
export const NPM = ["npm", "run", "--silent", "ci", "--"]
export const NODE = [process.execPath, "ci/bootstrap.mjs"]
/** What follows for the functions that are interrupted here. */
export const TEST = ["test", "--only", "server", ...ON_HOST]
export const UP = ["up", "--port", "0", "--server-port", "0"]

const PATIENCE_MS = 240_000

/** A function of the pipeline that runs in a checkout of its own. */
export type Started = Awaited<ReturnType<typeof started>>

/** Starts a function as the leader of a process group, as a terminal does. */
export async function started(caller: Caller, [file = "", ...args]: readonly string[]) {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  const options = await as(caller, copy.folder)
  const ends = { detached: true, cleanup: false, reject: false, stdin: "ignore", all: true } as const
  const child = execa(file, args, { ...options, ...ends })
  const said = { text: "" }
  child.all.on("data", (chunk: Buffer) => (said.text += chunk.toString()))
  const signal = (name: NodeJS.Signals) => process.kill(child.pid ?? 0, name)
  const signalGroup = (name: NodeJS.Signals) => process.kill(-(child.pid ?? 0), name)
  return { child, said, signal, signalGroup, temporary: options.env["TMPDIR"] ?? "", folder: copy.folder }
}

/** Waits until something is so; fails with what the function printed. */
export async function until({ said }: Started, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`what was waited for did not come; it said: ${said.text}`)
    await sleep(50)
  }
}
