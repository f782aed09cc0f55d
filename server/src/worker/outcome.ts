import type { Queries } from "../database/database.js"
import { changeRun, endRun, type RunChange, type RunParts } from "../runs/change.js"
import type { Lease } from "./claim.js"

/**
 * How a step went; the time of the model call in whole milliseconds. With `onlyIfExpired` it counts only when nobody has
 * extended the lease in the meantime.
 */
export type Outcome =
  | { status: "succeeded"; output: string; durationMs: number }
  | { status: "failed"; error: string; durationMs?: number }
  | { status: "interrupted"; error: string; durationMs?: number; onlyIfExpired?: boolean }

/**
 * Stores how a step went, and ends its run when it was the last step or did not succeed.
 * False when the lease is lost: nothing was stored.
 */
export async function storeOutcome(parts: RunParts, lease: Lease, outcome: Outcome): Promise<boolean> {
  const stored = await changeRun(parts, lease.runId, async (queries) => {
    if (!(await storeStep(queries, lease, outcome))) return undefined
    const ended = await endIfOver(queries, lease, outcome)
    return { ...ended, steps: [outcome.status, ...(ended.steps ?? [])] }
  })
  return stored !== undefined
}

async function storeStep(queries: Queries, { runId, position, token }: Lease, outcome: Outcome) {
  const output = outcome.status === "succeeded" ? storable(outcome.output) : null
  const error = outcome.status === "succeeded" ? null : storable(outcome.error)
  const durationMs = outcome.durationMs ?? null
  const anyway = outcome.status !== "interrupted" || !outcome.onlyIfExpired
  const updated = await queries.$executeRaw`
    UPDATE run_steps SET status = ${outcome.status}::step_status, output = ${output}, error = ${error},
      duration_ms = ${durationMs}::int, finished_at = clock_timestamp()
    WHERE run_id = ${runId}::uuid AND position = ${position} AND fencing_token = ${token} AND status = 'running'
      AND (${anyway} OR lease_expires_at < clock_timestamp())`
  return updated > 0
}

async function endIfOver(queries: Queries, { runId, position }: Lease, outcome: Outcome): Promise<RunChange> {
  if (outcome.status !== "succeeded") {
    const error = storable(`step ${position}: ${outcome.error}`)
    return endRun(queries, { runId, status: outcome.status, error })
  }
  const left = await queries.runStep.count({ where: { runId, status: "pending" } })
  return left > 0 ? {} : endRun(queries, { runId, status: "succeeded", error: null })
}

// PostgreSQL can't store the character NUL nor half of a surrogate pair, and a model may answer anything.
const storable = (text: string) => text.replaceAll("\u0000", "\uFFFD").toWellFormed()
