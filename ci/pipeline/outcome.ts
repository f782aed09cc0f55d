/**
 * How a stage or a whole function ended.
 * - `passed`: it ran and found nothing wrong
 * - `failed`: it ran and found something wrong
 * - `skipped`: it did not run, and its reason says why
 * - `error`: it should have run and could not
 */
export type Outcome = "passed" | "failed" | "skipped" | "error"

/** Whether a stage that ended so makes its function fail. */
export const isRed = (outcome: Outcome) => outcome === "failed" || outcome === "error"

/** Where a function runs: on this machine, or in containers of a Dagger engine. */
export type Executor = "host" | "dagger"

/** A stage that has ended. A stage that did not pass has a reason. */
export interface StageResult {
  readonly name: string
  readonly state: Outcome
  /** From start to end, in seconds; 0 for one that did not start. */
  readonly seconds: number
  /** One line for people; empty only for a stage that passed. */
  readonly reason: string
  /** Of a stage whose exit code is the function's own, what it ended with. */
  readonly exitCode?: number
}

/** What a function leaves behind, and what `--json` prints. */
export interface FunctionResult {
  readonly function: string
  readonly executor: Executor
  readonly outcome: Outcome
  readonly seconds: number
  readonly stages: readonly StageResult[]
  /** What the function made known beside its stages, such as the addresses of `up`; `null` for nothing. */
  readonly result: Readonly<Record<string, unknown>> | null
}

/** The worst outcome of a function's stages. Skipped stages fail nothing: their reasons are in the summary. */
export function worst(states: readonly Outcome[]): Outcome {
  const order: readonly Outcome[] = ["error", "failed", "passed"]
  return order.find((outcome) => states.includes(outcome)) ?? "skipped"
}

/** Exit codes of the command line. */
export const EXIT = {
  /** Nothing failed. */
  passed: 0,
  /** A stage failed or could not run. */
  failed: 1,
  /** The command line was wrong; nothing was run. */
  usage: 2,
  /** A deploy was taken back; the old version serves. */
  takenBack: 3,
  /** A person must look: what serves is not what should. */
  person: 4,
  /** Ended by Ctrl-C or SIGTERM; everything it started is gone. */
  interrupted: 130,
} as const

/**
 * The exit code by which a stage's command says that it could not do its work for a reason that is nobody's fault
 * here, such as a service out of reach: the stage is skipped, and the last line of its output is the reason.
 * It is EX_TEMPFAIL of sysexits.h.
 */
export const SKIPPED_EXIT_CODE = 75

/** The exit code of a function whose stages ended so. */
export function exitCodeOfAll(stages: readonly StageResult[], outcome: Outcome): number {
  const own = stages.find(({ exitCode }) => exitCode !== undefined)?.exitCode
  return own ?? (outcome === "passed" || outcome === "skipped" ? EXIT.passed : EXIT.failed)
}

/** How a stage ended whose command left with an exit code. */
export function outcomeOf(exitCode: number): Outcome {
  if (exitCode === 0) return "passed"
  if (exitCode === SKIPPED_EXIT_CODE) return "skipped"
  // The shell's codes for a command that is not there or may not be executed.
  return exitCode === 126 || exitCode === 127 ? "error" : "failed"
}

/** An exit code of a command whose stage ends so. */
export function exitCodeOf(outcome: Outcome): number {
  switch (outcome) {
    case "passed":
      return 0
    case "failed":
      return 1
    case "skipped":
      return SKIPPED_EXIT_CODE
    case "error":
      return 127
  }
}
