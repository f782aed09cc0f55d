import type { RunParts } from "../runs/change.js"
import type { Lease } from "./claim.js"
import { storeOutcome } from "./outcome.js"

const error =
  "the server that called the model stopped before its answer was stored; the call is not repeated, start a new run"

/**
 * Marks the steps whose owner went away after it had called the model as interrupted, and their runs with them.
 * @returns The leases that were ended.
 */
export async function interruptAbandoned(parts: RunParts): Promise<Lease[]> {
  const abandoned = await parts.database.client.$queryRaw<Lease[]>`
    SELECT run_id AS "runId", position, fencing_token AS token FROM run_steps
    WHERE status = 'running' AND called_at IS NOT NULL AND lease_expires_at < clock_timestamp()`
  const ended = []
  for (const lease of abandoned)
    if (await storeOutcome(parts, lease, { status: "interrupted", error, onlyIfExpired: true }))
      ended.push(lease)
  return ended
}
