import { retireSeconds, stepSeconds } from "../environment/settings/step-seconds.js"
import { STEP_SECONDS } from "../pipeline/deploy-steps.js"
import type { Request } from "./request.js"
import type { StepResult } from "./result.js"
import { DeployFailure } from "./work.js"

const OWN_WORDS_MS = 3_000

/** By its name targets know it: see `Target.remove`. */
class TimeIsUp extends DeployFailure {
  override readonly name = "TimeoutError"
}

/**
 * Runs an action that has to end in time. Its signal is aborted when time is up or `outer` is. When time is up it has
 * three seconds to end in its own words; one that does not listen is left behind, so that whoever takes things back need
 * not wait.
 * @throws DeployFailure when time is up; the reason of `outer` when that is aborted
 */
export async function within<Result>(
  seconds: number,
  outer: AbortSignal,
  action: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  outer.throwIfAborted()
  const controller = new AbortController()
  const stop = () => controller.abort(outer.reason)
  outer.addEventListener("abort", stop)
  const late = new TimeIsUp(`expected to be done within ${seconds} s, and was not`)
  const timer = setTimeout(() => controller.abort(late), seconds * 1000)
  try {
    return await Promise.race([stopped(controller.signal, outer), action(controller.signal)])
  } finally {
    clearTimeout(timer)
    outer.removeEventListener("abort", stop)
  }
}

function stopped(signal: AbortSignal, outer: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason as Error)
    const stop = () => {
      if (outer.aborted) end()
      else setTimeout(end, OWN_WORDS_MS)
    }
    signal.addEventListener("abort", stop)
    if (signal.aborted) stop()
  })
}

/** The deadline of each step, in seconds. Waiting for the lock comes on top. */
export function deadlines({ settings, waitMs }: Pick<Request, "settings" | "waitMs">) {
  return (name: StepResult["name"]) => {
    if (name === "take back") return retireSeconds(settings) + STEP_SECONDS.switch
    return stepSeconds(settings, name) + (name === "lock" ? waitMs / 1000 : 0)
  }
}
