import type { StepName } from "../pipeline/deploy-steps.js"
import { EXIT } from "../pipeline/outcome.js"
import { shortRevision } from "../release/deployable.js"
import type { Instance } from "../targets/target.js"

/** A step that has ended. */
export interface StepResult {
  readonly name: StepName | "take back"
  readonly outcome: "done" | "left out" | "failed"
  readonly seconds: number
  /** What it came to; for one that failed, why. */
  readonly note: string
}

/**
 * How a deploy or rollback ended.
 * - `succeeded`: the new version serves and has proved itself
 * - `refused`: nothing was changed
 * - `taken back`: something failed; what served before serves
 * - `failed`: something failed and nothing served before
 * - `lost`: what serves is not what should, and a person must look
 */
export type Outcome = "succeeded" | "refused" | "taken back" | "failed" | "lost"

/** What a deploy leaves behind, and what `--json` prints as its result. */
export interface DeployResult {
  readonly kind: "deploy" | "rollback"
  readonly environment: string
  readonly target: string
  readonly outcome: Outcome
  /** Number in the environment's history; null when it was refused before. */
  readonly deployment: number | null
  readonly commit: string
  readonly version: string
  readonly seconds: number
  readonly steps: readonly StepResult[]
  readonly failedStep: string | null
  readonly reason: string | null
  /** What serves now, in words. */
  readonly serving: string
  readonly publicUrl: string
  /** Fingerprints of the keys in use, for the other environments' OTHER_FINGERPRINTS. */
  readonly fingerprints: readonly string[]
}

/** The exit code of a deploy that ended so. */
export function exitCodeOf(outcome: Outcome): number {
  switch (outcome) {
    case "succeeded":
      return EXIT.passed
    case "refused":
    case "failed":
      return EXIT.failed
    case "taken back":
      return EXIT.takenBack
    case "lost":
      return EXIT.person
  }
}

/** Such as `v1.2.3 (3f2a1c94e0aa, blue)`. */
export function described(instance: Instance | undefined): string {
  if (!instance) return "nothing"
  return `${instance.version} (${shortRevision(instance.release)}, ${instance.colour})`
}
