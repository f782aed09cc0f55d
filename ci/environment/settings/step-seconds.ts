import { DRAIN_SECONDS, SPARE_END_SECONDS, STEP_SECONDS, type StepName } from "../../pipeline/deploy-steps.js"
import type { Settings } from "./settings.js"

/** The server's own default for SHUTDOWN_DEADLINE_MS. */
const DEFAULT_SHUTDOWN_MS = 25_000

/** Whole seconds between a server's order to end and its kill: what it grants itself, and a little. */
export function graceSeconds({ platform }: Pick<Settings, "platform">): number {
  const own = Number(platform["SHUTDOWN_DEADLINE_MS"] ?? DEFAULT_SHUTDOWN_MS)
  return Math.ceil(own / 1000) + SPARE_END_SECONDS
}

/** Seconds after which a step of a deploy has failed: what DEADLINES say, or the usual. Waiting for the lock comes on top. */
export function stepSeconds(settings: Pick<Settings, "platform" | "DEADLINES">, name: StepName): number {
  const own = settings.DEADLINES[name]
  return own ?? (name === "retire old" ? retireSeconds(settings) : STEP_SECONDS[name])
}

/** A front lets requests end before a server is told to, which then has the time that it grants itself. */
export const retireSeconds = (settings: Pick<Settings, "platform">) =>
  Math.max(STEP_SECONDS["retire old"], graceSeconds(settings) + DRAIN_SECONDS)
