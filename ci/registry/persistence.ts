import { retried } from "../retry.js"
import { RegistryFailure } from "./failure.js"

/** Tries something against a registry again, as long as what is in the way may pass: 7.5 s of pauses in all. */
export function persistently<Result>(action: () => Promise<Result>): Promise<Result> {
  return retried(action, {
    attempts: 5,
    pauseMs: 500,
    isPassing: (error) => error instanceof RegistryFailure && error.isPassing,
    askedPauseMs: (error) => (error instanceof RegistryFailure ? error.pauseMs : undefined),
  })
}
