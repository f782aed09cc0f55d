import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { appendFileSync, closeSync, openSync } from "node:fs"
import { freePort } from "../../../host/free-port.js"
import { lastWords } from "../../../host/platform/last-words.js"
import { signalGroup } from "../../../host/process-group.js"
import type { Scratch } from "../../../host/reaper/scratch.js"
import { lastLines } from "./last-lines.js"
import type { Program } from "./program.js"

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
/** Who has run so long did not die of its start. */
const SETTLED_MS = 60_000
const PORT_TRIES = 5
/** Its last words are among so many lines. */
const WORDS_WITHIN = 10

/** What is kept running. */
export interface Kept {
  /** The program on a port. */
  readonly program: (port: number) => Program
  readonly log: string
  readonly scratch: Scratch
  /** Told of the port, before the process listens there. */
  readonly moved: (port: number) => void
  /** Whether it is started again when it ends. */
  readonly isNeeded: () => boolean
}

/** A process on a port of 127.0.0.1 that is started again, with growing pauses, as long as it is needed. */
export class Supervised {
  port = 0
  /** How it ended, when it won't be started again. */
  fault: string | undefined
  readonly #kept: Kept
  #child: ChildProcess | undefined
  #startedAt = 0
  #failures = 0
  #portTries = 0
  #isEnding = false
  #timer: NodeJS.Timeout | undefined

  constructor(kept: Kept) {
    this.#kept = kept
  }

  async start(): Promise<void> {
    const port = await freePort()
    // Meanwhile it may have been ended.
    if (this.#isEnding) return
    this.port = port
    this.#kept.moved(port)
    this.#startedAt = performance.now()
    this.#spawn(this.#kept.program(port))
  }

  /** Ends it: kindly until the signal is aborted, then at once. Returns when it is gone. */
  async end(signal: AbortSignal): Promise<void> {
    this.#isEnding = true
    clearTimeout(this.#timer)
    const child = this.#child
    if (!isRunning(child)) return
    const exited = once(child, "exit")
    const kill = () => signalGroup(child.pid, "SIGKILL")
    signalGroup(child.pid, "SIGTERM")
    signal.addEventListener("abort", kill)
    if (signal.aborted) kill()
    await exited
    signal.removeEventListener("abort", kill)
  }

  /** Starts it again, had it ended for good. */
  revive(): void {
    if (this.fault === undefined) return
    this.fault = undefined
    this.#startAgain()
  }

  lines(): Promise<string[]> {
    return lastLines(this.#kept.log)
  }

  #spawn({ argv: [file, ...args], folder, environment }: Program): void {
    const { log, scratch } = this.#kept
    const output = openSync(log, "a", 0o600)
    const stdio = ["ignore", output, output] as const
    const child = spawn(file, args, { cwd: folder, env: environment, detached: true, stdio: [...stdio] })
    closeSync(output)
    this.#child = child
    if (child.pid !== undefined) scratch.started(child.pid)
    child.once("error", (error) => void this.#ended(`could not be started: ${error.message}`))
    child.once("exit", (code, signal) => {
      if (child.pid !== undefined) this.#gone(child.pid)
      void this.#ended(`ended with ${signal ?? `exit code ${code}`}`)
    })
  }

  /** What it may have started ends with it. */
  #gone(pid: number): void {
    signalGroup(pid, "SIGKILL")
    this.#kept.scratch.ended(pid)
  }

  async #ended(how: string): Promise<void> {
    if (this.#isEnding) return
    const words = lastWords((await this.lines()).slice(-WORDS_WITHIN))
    // Somebody else took the port between its choice and its use.
    if (words.includes("EADDRINUSE") && ++this.#portTries < PORT_TRIES) this.#startAgain()
    else if (this.#kept.isNeeded()) this.#startLater(`${how}: ${words}`)
    else this.fault = `${how}: ${words}`
  }

  #startLater(how: string): void {
    if (performance.now() - this.#startedAt > SETTLED_MS) this.#failures = 0
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures++, LONGEST_PAUSE_MS)
    const note = { time: new Date().toISOString(), message: "started again", reason: how, pauseMs: pause }
    this.#note(note)
    this.#timer = setTimeout(() => {
      if (this.#kept.isNeeded()) this.#startAgain()
      else this.fault = how
    }, pause)
  }

  #startAgain(): void {
    this.start().catch((error: unknown) => this.#startLater(String(error)))
  }

  /** A disk that is full must not end what serves. */
  #note(note: object): void {
    try {
      appendFileSync(this.#kept.log, `${JSON.stringify(note)}\n`)
    } catch (error) {
      console.error(error)
    }
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess & { pid: number } {
  return child?.pid !== undefined && child.exitCode === null && child.signalCode === null
}
