import type { StepName } from "../pipeline/deploy-steps.js"
import { within } from "./deadline.js"
import type { StepResult } from "./result.js"

/** Who wants to know how a deploy goes. */
export interface Listener {
  /** A step begins. */
  readonly begun: (name: StepResult["name"]) => void | Promise<void>
  readonly ended: (step: StepResult) => void | Promise<void>
}

/** Carries out named steps, each with its deadline, and tells how each ended. */
export class Teller {
  readonly results: StepResult[] = []

  /**
   * @param seconds the deadline of each step
   * @param signal ends the step that runs, and each that would begin
   */
  constructor(
    private readonly listener: Listener,
    private readonly seconds: (name: StepResult["name"]) => number,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * @param action what is done; its text is what it came to
   * @throws what the action throws, when it has been told
   */
  async step(name: StepResult["name"], action: (signal: AbortSignal) => Promise<string>): Promise<void> {
    await this.listener.begun(name)
    const started = performance.now()
    const seconds = () => Math.round(performance.now() - started) / 1000
    try {
      // What takes a deploy back goes on after Ctrl-C.
      const signal = name === "take back" || name === "unlock" ? new AbortController().signal : this.signal
      const note = await within(this.seconds(name), signal, action)
      await this.end({ name, outcome: "done", seconds: seconds(), note })
    } catch (error) {
      const note = error instanceof Error ? error.message : String(error)
      await this.end({ name, outcome: "failed", seconds: seconds(), note })
      throw error
    }
  }

  /** Tells of a step that is not carried out, and why. */
  async leaveOut(name: StepName, note: string): Promise<void> {
    await this.end({ name, outcome: "left out", seconds: 0, note })
  }

  private async end(step: StepResult): Promise<void> {
    this.results.push(step)
    await this.listener.ended(step)
  }
}
