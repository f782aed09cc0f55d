import type { Queries } from "../database/database.js"
import { raiseVersion, type RunParts } from "../runs/change.js"
import type { ConnectorName } from "../settings/settings.js"

/** The right to change one step, for as long as no one else gets a greater token. */
export interface Lease {
  runId: string
  position: number
  /** From the sequence fencing_tokens. */
  token: bigint
}

/** A step to work on, and what its prompt may speak of. */
export interface Claim extends Lease {
  workflowId: string
  stepName: string
  /** The template. */
  prompt: string
  goal: string
  connector: ConnectorName
  /** Outputs of the earlier steps, in order. */
  outputs: string[]
}

/**
 * Takes the oldest step that can be worked on: all steps before it have succeeded, and it is pending or its owner's
 * lease ran out before the model was called. Undefined when there is none.
 * @param leaseMs How long the lease is good for without an extension, in milliseconds.
 */
export async function claimStep(
  { database, watcher }: RunParts,
  leaseMs: number,
): Promise<Claim | undefined> {
  const claim = await database.client.$transaction(async (queries) => {
    const lease = await takeLease(queries, leaseMs)
    if (!lease) return undefined
    await queries.$executeRaw`
      UPDATE runs SET status = 'running', started_at = coalesce(started_at, now())
      WHERE id = ${lease.runId}::uuid`
    await raiseVersion(queries, lease.runId)
    return { ...lease, ...(await promptParts(queries, lease)) }
  })
  if (claim) watcher.changed(claim.runId)
  return claim
}

// SKIP LOCKED covers the run's row too: whoever holds it is changing the run, and the next look finds the outcome.
async function takeLease(queries: Queries, leaseMs: number) {
  const [lease] = await queries.$queryRaw<Lease[]>`
    UPDATE run_steps SET
      status = 'running',
      fencing_token = nextval('fencing_tokens'),
      lease_expires_at = clock_timestamp() + ${leaseMs}::int * interval '1 millisecond',
      started_at = coalesce(started_at, now())
    WHERE (run_id, position) = (
      SELECT step.run_id, step.position
      FROM run_steps AS step JOIN runs ON runs.id = step.run_id
      WHERE runs.status IN ('queued', 'running')
        AND (step.status = 'pending'
          OR (step.status = 'running' AND step.called_at IS NULL AND step.lease_expires_at < clock_timestamp()))
        AND NOT EXISTS (
          SELECT FROM run_steps AS earlier
          WHERE earlier.run_id = step.run_id AND earlier.position < step.position AND earlier.status <> 'succeeded')
      ORDER BY runs.number, step.position
      LIMIT 1
      FOR UPDATE SKIP LOCKED)
    RETURNING run_id AS "runId", position, fencing_token AS token`
  return lease
}

async function promptParts(queries: Queries, { runId, position }: Lease) {
  const run = await queries.run.findUniqueOrThrow({
    where: { id: runId },
    include: {
      workflow: true,
      steps: { where: { position: { lte: position } }, orderBy: { position: "asc" } },
    },
  })
  const step = run.steps.at(-1)
  const outputs = run.steps.slice(0, -1).map(({ output }) => output ?? "")
  const { id: workflowId, goal, connector } = run.workflow
  return { workflowId, stepName: step?.name ?? "", prompt: step?.prompt ?? "", goal, connector, outputs }
}
