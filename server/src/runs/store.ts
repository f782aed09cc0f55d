import type { Database } from "../database/database.js"
import { HttpError, notFound } from "../http/error.js"
import { changeRun, endRun, type RunParts } from "./change.js"
import { hasEnded } from "./view.js"

const inOrder = { steps: { orderBy: { position: "asc" } } } as const

/** Queues a run of a workflow. Its steps start with the workflow's templates as their prompts. */
export async function createRun({ client }: Database, workflowId: string) {
  return client.$transaction(async (queries) => {
    // Holds back a deletion of the workflow until the run is there.
    await queries.$queryRaw`SELECT id FROM workflows WHERE id = ${workflowId}::uuid FOR KEY SHARE`
    const steps = await queries.workflowStep.findMany({ where: { workflowId } })
    if (steps.length === 0) throw notFound("workflow")
    const copies = steps.map(({ position, name, prompt }) => ({ position, name, prompt }))
    return queries.run.create({ data: { workflowId, steps: { create: copies } }, include: inOrder })
  })
}

/** A run with its steps in order; null when there is none. */
export async function findRun({ client }: Database, id: string) {
  return client.run.findUnique({ where: { id }, include: inOrder })
}

/** The connector of a run's workflow, and the workflow's id; null when there is no such run. */
export async function findRunOwner({ client }: Database, id: string) {
  const workflow = { select: { id: true, connector: true } }
  const run = await client.run.findUnique({ where: { id }, select: { workflow } })
  return run?.workflow ?? null
}

/**
 * Cancels a run at once, together with its steps that have not ended. A model call in flight ends up void.
 * @throws HttpError 409 when the run has ended.
 */
export async function cancelRun(parts: RunParts, runId: string): Promise<void> {
  await changeRun(parts, runId, async (queries, status) => {
    if (hasEnded(status))
      throw new HttpError("conflict", `expected a run that has not ended; this one is ${status}`)
    return endRun(queries, { runId, status: "cancelled", error: null })
  })
}
