import type { FunctionResult, StageResult } from "../../pipeline/outcome.js"
import type { Stage } from "../../pipeline/stage.js"

/** Tells a person what a run does. All text it gets is free of secrets. */
export interface Reporter {
  started(stage: Stage): void
  /** A line of a running stage's output. */
  line(stage: Stage, text: string): void
  /** @param output what the stage printed, its last 5,000 lines */
  ended(stage: Stage, result: StageResult, output: readonly string[]): void
  /** Something worth knowing that belongs to no stage. */
  notice(text: string): void
  /** The run is over: the table. */
  finished(result: FunctionResult): void
}
