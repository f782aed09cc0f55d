import { setTimeout as sleep } from "node:timers/promises"
import { interruptAbandoned } from "./abandoned.js"
import { claimStep } from "./claim.js"
import { type StepParts, workOn } from "./step.js"

const stepsAtOnce = 4

/** What a worker needs. */
export interface WorkerOptions extends Omit<StepParts, "goingAway"> {
  /** Milliseconds between two looks for steps when nothing wakes the worker. */
  pollIntervalMs: number
}

/** Works on the steps of runs until it is stopped. Several servers may have one each on the same database. */
export class Worker {
  readonly #parts: StepParts & WorkerOptions
  readonly #goingAway = new AbortController()
  readonly #active = new Set<Promise<void>>()
  #loop: Promise<void> = Promise.resolve()
  #isStopping = false
  #isWoken = false
  #endPause: () => void = () => undefined

  constructor(options: WorkerOptions) {
    this.#parts = { ...options, goingAway: this.#goingAway.signal }
  }

  /** How many steps it works on now. */
  get active(): number {
    return this.#active.size
  }

  /** Begins to look for steps, unless it has been stopped before. */
  start() {
    this.#loop = this.#run()
  }

  /** Makes it look for steps now. */
  wake() {
    this.#isWoken = true
    this.#endPause()
  }

  /**
   * Takes no more steps, and waits for those in hand.
   * @param patienceMs After it, the model calls in flight are aborted and their steps marked interrupted.
   */
  async stop(patienceMs: number): Promise<void> {
    this.#isStopping = true
    this.wake()
    await this.#loop
    const timer = setTimeout(() => {
      this.#goingAway.abort(new Error("the server is going away"))
    }, patienceMs)
    await Promise.all(this.#active)
    clearTimeout(timer)
  }

  async #run() {
    while (!this.#isStopping) {
      this.#isWoken = false
      await this.#look().catch((error: unknown) => {
        this.#parts.logger.error("could not look for steps", { error })
      })
      await this.#pause()
    }
  }

  async #look() {
    for (const { runId, position } of await interruptAbandoned(this.#parts))
      this.#parts.logger.warn("step interrupted, its server went away", { runId, step: position })
    while (!this.#isStopping && this.active < stepsAtOnce) {
      const claim = await claimStep(this.#parts, this.#parts.leaseMs)
      if (!claim) return
      this.#begin(workOn(this.#parts, claim))
    }
  }

  #begin(work: Promise<void>) {
    const settled = work
      .catch((error: unknown) => {
        this.#parts.logger.error("work on a step broke", { error })
      })
      .finally(() => {
        this.#active.delete(settled)
        this.wake()
      })
    this.#active.add(settled)
  }

  async #pause() {
    if (this.#isStopping || this.#isWoken) return
    const end = new AbortController()
    this.#endPause = () => {
      end.abort()
    }
    await sleep(this.#parts.pollIntervalMs, undefined, { signal: end.signal }).catch(() => undefined)
  }
}
