import { appendFileSync } from "node:fs"
import { freePort } from "../../../host/free-port.js"
import { lastWords } from "../../../host/platform/last-words.js"
import { lastLines } from "./last-lines.js"
import type { Program } from "./program.js"
import { spawned, type Around, type Spawned } from "./spawned.js"

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
/** Who has run so long did not die of its start. */
const SETTLED_MS = 60_000
const PORT_TRIES = 5
/** Its last words are among so many lines; a stack may follow them. */
const WORDS_WITHIN = 40

/** What is kept running. */
export interface Kept extends Around {
  /** The program on a port. */
  readonly program: (port: number) => Program
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
  #process: Spawned | undefined
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
    this.#process = spawned(this.#kept.program(port), this.#kept)
    void this.#process.ended.then((how) => this.#ended(how))
  }

  /** Ends it for good, as `Spawned.end` does. */
  async end(signal: AbortSignal): Promise<void> {
    this.#isEnding = true
    clearTimeout(this.#timer)
    await this.#process?.end(signal)
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
