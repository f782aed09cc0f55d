import type { StepName } from "../pipeline/deploy-steps.js"
import { STEPS } from "../pipeline/deploy-steps.js"
import type { Target } from "../targets/target.js"
import { backUpFirst } from "./steps/back-up.js"
import { check } from "./steps/check.js"
import { healthGate } from "./steps/gate.js"
import { migrate } from "./steps/migrate.js"
import { retireOld } from "./steps/retire.js"
import { smoke } from "./steps/smoke.js"
import { startNew } from "./steps/start.js"
import { switchOver } from "./steps/switch.js"
import type { Work } from "./work.js"

/** A step between taking the lock and giving it back. */
export type InnerStep = Exclude<StepName, "lock" | "unlock">

/** What each step does; what it returns is for people. */
export const ACTIONS: Readonly<Record<InnerStep, (work: Work, signal: AbortSignal) => Promise<string>>> = {
  check,
  "back up": backUpFirst,
  migrate,
  "start new": startNew,
  "health gate": healthGate,
  switch: switchOver,
  smoke,
  "retire old": retireOld,
}

/** The steps within the lock, in order. */
export const INNER_STEPS = STEPS.filter((name): name is InnerStep => name in ACTIONS)

/** Why a step is not carried out; undefined when it is. */
export function leftOut(
  name: StepName,
  kind: Work["kind"],
  { carries, name: target }: Pick<Target, "carries" | "name">,
): string | undefined {
  if (carries.has(name)) return `${target} does it by itself`
  const isOfSchema = name === "back up" || name === "migrate"
  return kind === "rollback" && isOfSchema ? "a rollback leaves the schema as it is" : undefined
}
