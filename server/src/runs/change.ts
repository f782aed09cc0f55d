import type { Database, Queries } from "../database/database.js"
import type { RunStatus, StepStatus } from "../generated/prisma/client.js"
import type { Metrics } from "../telemetry/metrics.js"
import type { RunWatcher } from "./watcher.js"

/** What every change of a run needs. */
export interface RunParts {
  database: Database
  metrics: Metrics
  watcher: RunWatcher
}

/** What a change brought to its end. */
export interface RunChange {
  run?: RunStatus
  steps?: StepStatus[]
}

/**
 * Changes a run or its steps in one transaction that holds the run's row, and raises its version.
 * Every change goes this way, so that two never interleave and none is missed by those who follow the run.
 * @param change Gets the run's present status; gives undefined to leave everything as it was.
 * @returns What the change gave; undefined also when there is no such run.
 */
export async function changeRun(
  { database, metrics, watcher }: RunParts,
  runId: string,
  change: (queries: Queries, status: RunStatus) => Promise<RunChange | undefined>,
): Promise<RunChange | undefined> {
  const made = await database.client.$transaction(async (queries) => {
    const [run] = await queries.$queryRaw<{ status: RunStatus }[]>`
      SELECT status::text FROM runs WHERE id = ${runId}::uuid FOR UPDATE`
    const changed = run && (await change(queries, run.status))
    if (changed) await raiseVersion(queries, runId)
    return changed
  })
  if (made?.run) metrics.runs.inc({ outcome: made.run })
  made?.steps?.forEach((outcome) => {
    metrics.steps.inc({ outcome })
  })
  if (made) watcher.changed(runId)
  return made
}

/** Tells those who follow a run that it is not what it was. */
export async function raiseVersion(queries: Queries, runId: string): Promise<void> {
  await queries.$executeRaw`UPDATE runs SET version = version + 1 WHERE id = ${runId}::uuid`
}

/** How a run ends. */
export interface RunEnd {
  runId: string
  status: Exclude<RunStatus, "queued" | "running">
  error: string | null
}

/** Ends a run; steps of it that have not ended are cancelled. For use inside `changeRun`. */
export async function endRun(queries: Queries, { runId, status, error }: RunEnd): Promise<RunChange> {
  await queries.$executeRaw`
    UPDATE runs SET status = ${status}::run_status, error = ${error}, finished_at = clock_timestamp()
    WHERE id = ${runId}::uuid`
  const cancelled = await queries.$executeRaw`
    UPDATE run_steps SET status = 'cancelled',
      finished_at = CASE WHEN started_at IS NOT NULL THEN clock_timestamp() END
    WHERE run_id = ${runId}::uuid AND status IN ('pending', 'running')`
  return { run: status, steps: Array.from({ length: cancelled }, () => "cancelled") }
}
