import type { StageResult } from "../pipeline/outcome.js"
import type { Stage } from "../pipeline/stage.js"

/** What the scheduler needs to know of whoever runs the stages. */
export interface Execution {
  /** How many stages run at once, at most. */
  readonly slots: number
  /** Aborted when the run is to stop: nothing more is started. */
  readonly signal: AbortSignal
  /** Runs one stage; never rejects. */
  execute(stage: Stage): Promise<StageResult>
  /** Told of stages that are not run. */
  skipped(result: StageResult): void
}

/**
 * Runs stages, each as soon as what it needs has passed and a slot is free; those whose needs did not pass are
 * skipped with the reason. The first in the list goes first.
 * @returns the results in the order of the list
 */
export async function schedule(stages: readonly Stage[], execution: Execution): Promise<StageResult[]> {
  const results = new Map<string, StageResult>()
  const running = new Map<string, Promise<void>>()
  const waiting = () => stages.filter(({ name }) => !results.has(name) && !running.has(name))
  const finish = (result: StageResult) => {
    results.set(result.name, result)
    running.delete(result.name)
  }

  for (;;) {
    for (const stage of waiting()) {
      const reason = hindrance(stage, results, execution.signal)
      if (reason !== undefined) {
        const result: StageResult = { name: stage.name, state: "skipped", seconds: 0, reason }
        execution.skipped(result)
        finish(result)
      } else if (running.size < execution.slots && isReady(stage, results)) {
        running.set(stage.name, execution.execute(stage).then(finish))
      }
    }
    if (running.size === 0 && waiting().length === 0) break
    if (running.size > 0) await Promise.race(running.values())
  }
  return stages.flatMap(({ name }) => results.get(name) ?? [])
}

function isReady({ needs = [] }: Stage, results: ReadonlyMap<string, StageResult>): boolean {
  return needs.every((name) => results.get(name)?.state === "passed")
}

function hindrance(
  { needs = [] }: Stage,
  results: ReadonlyMap<string, StageResult>,
  signal: AbortSignal,
): string | undefined {
  if (signal.aborted) return "interrupted before it began"
  const missing = needs.map((name) => results.get(name)).find((need) => need && need.state !== "passed")
  return missing && `needs ${missing.name}, which ${PAST[missing.state]}`
}

const PAST = { passed: "passed", failed: "failed", skipped: "was skipped", error: "could not run" } as const
