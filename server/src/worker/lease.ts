import { changeRun, type RunParts } from "../runs/change.js"
import type { Lease } from "./claim.js"

/**
 * Notes that the model is about to be called with a prompt; from then on nobody calls it for this step again.
 * False when the lease is lost or has run out: the model must not be called.
 */
export async function beginCall(parts: RunParts, { runId, position, token }: Lease, prompt: string) {
  const begun = await changeRun(parts, runId, async (queries) => {
    const updated = await queries.$executeRaw`
      UPDATE run_steps SET called_at = clock_timestamp(), prompt = ${prompt}
      WHERE run_id = ${runId}::uuid AND position = ${position} AND fencing_token = ${token}
        AND status = 'running' AND called_at IS NULL AND lease_expires_at > clock_timestamp()`
    return updated > 0 ? {} : undefined
  })
  return begun !== undefined
}

/**
 * Makes a lease good for another while from now on.
 * False when it is lost: the run was cancelled, or another server found the lease run out.
 */
export async function extendLease(
  { database }: RunParts,
  { runId, position, token }: Lease,
  leaseMs: number,
) {
  const updated = await database.client.$executeRaw`
    UPDATE run_steps SET lease_expires_at = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond'
    WHERE run_id = ${runId}::uuid AND position = ${position} AND fencing_token = ${token} AND status = 'running'`
  return updated > 0
}
