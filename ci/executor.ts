import { engine } from "./dagger/engine.js"
import type { PipelineFunction } from "./pipeline/function.js"
import type { Executor } from "./pipeline/outcome.js"
import { UsageError } from "./usage-error.js"

/** Where a function may be asked to run. */
export const PLACES = ["host", "dagger", "auto"] as const
export type Place = (typeof PLACES)[number]

/** Where a function runs, and why there. */
export interface Choice {
  readonly executor: Executor
  readonly why: string
  /** What `dagger` needs in its environment to find the engine. */
  readonly environment: Readonly<Record<string, string>>
}

/** What is to run. */
export interface ToRun {
  readonly called: PipelineFunction
  readonly options: Readonly<Record<string, string | undefined>>
  readonly place: Place
}

/**
 * Chooses where a function runs. `auto` takes Dagger when its command is there and an engine answers in time.
 * @throws UsageError when Dagger is asked for and can't be had
 */
export async function chosen({ called, options, place }: ToRun): Promise<Choice> {
  if (place === "host") return host("as asked")
  const alone = ofThisMachine(called, options)
  if (alone !== undefined && place === "auto") return host(`${alone} is of this machine alone`)
  if (alone !== undefined)
    throw new UsageError(`expected --on host for ${alone}, which is of this machine alone; received dagger`)
  const found = await engine()
  if (found.answers) return { executor: "dagger", why: "an engine answers", environment: found.environment }
  if (place === "auto") return host(found.why)
  throw new UsageError(`expected a Dagger engine that answers, but ${found.why}; start one, or use --on host`)
}

/** An environment without settings is this machine: the target `local`. */
function ofThisMachine({ name, hostOnly, options = [] }: PipelineFunction, given: ToRun["options"]) {
  if (hostOnly) return name
  const isOfEnvironment = options.some((option) => option.name === "settings")
  return isOfEnvironment && given["settings"] === undefined ? `${name} without --settings` : undefined
}

const host = (why: string): Choice => ({ executor: "host", why, environment: {} })
