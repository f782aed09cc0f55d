import type { Database } from "../database/database.js"
import { Prisma, type RunStatus } from "../generated/prisma/client.js"
import { HttpError, notFound } from "../http/error.js"
import type { ConnectorName } from "../settings/settings.js"
import type { NewWorkflow, PageQuery } from "./schema.js"

/** A workflow in a list, with its newest run beside it. */
export interface WorkflowRow {
  id: string
  number: bigint
  goal: string
  connector: ConnectorName
  createdAt: Date
  stepCount: number
  runId: string | null
  runStatus: RunStatus | null
  runCreatedAt: Date | null
  runStartedAt: Date | null
  runFinishedAt: Date | null
}

/** Stores a workflow with its steps. */
export async function createWorkflow(
  database: Database,
  workflow: NewWorkflow & { connector: ConnectorName },
) {
  const { goal, connector } = workflow
  const steps = workflow.steps.map((step, index) => ({ ...step, position: index + 1 }))
  const data = { goal, connector, steps: { create: steps } }
  const created = await database.client.workflow.create({ data, include: { steps: true } })
  return { ...created, runs: [] }
}

/** A workflow with its steps and at most 20 runs, the newest first; null when there is none. */
export async function findWorkflow(database: Database, id: string) {
  const inOrder = { steps: { orderBy: { position: "asc" } } } as const
  const workflow = await database.client.workflow.findUnique({ where: { id }, include: inOrder })
  if (!workflow) return null
  const newest = { orderBy: { number: "desc" }, take: 20 } as const
  return { ...workflow, runs: await database.client.run.findMany({ where: { workflowId: id }, ...newest }) }
}

/** Rows of a page, the newest first, and one more if there is a next page. Prisma's include would read every run. */
export async function listWorkflows(
  database: Database,
  { limit, cursor }: PageQuery,
): Promise<WorkflowRow[]> {
  const older = cursor === undefined ? Prisma.empty : Prisma.sql`WHERE workflows.number < ${cursor}`
  return database.client.$queryRaw<WorkflowRow[]>`
    SELECT workflows.id, workflows.number, goal, connector::text, workflows.created_at AS "createdAt",
      (SELECT count(*)::int FROM workflow_steps WHERE workflow_id = workflows.id) AS "stepCount",
      last.id AS "runId", last.status::text AS "runStatus", last.created_at AS "runCreatedAt",
      last.started_at AS "runStartedAt", last.finished_at AS "runFinishedAt"
    FROM workflows
    LEFT JOIN LATERAL (
      SELECT * FROM runs WHERE workflow_id = workflows.id ORDER BY number DESC LIMIT 1
    ) AS last ON true
    ${older}
    ORDER BY workflows.number DESC
    LIMIT ${limit + 1}`
}

/**
 * Deletes a workflow with its runs.
 * @throws HttpError 404 when it is gone, 409 when one of its runs has not ended.
 */
export async function deleteWorkflow(database: Database, id: string): Promise<void> {
  await database.client.$transaction(async (queries) => {
    // Holds back new runs: they refer to this row.
    const locked = await queries.$queryRaw<
      unknown[]
    >`SELECT id FROM workflows WHERE id = ${id}::uuid FOR UPDATE`
    if (locked.length === 0) throw notFound("workflow")
    const active = await queries.run.count({
      where: { workflowId: id, status: { in: ["queued", "running"] } },
    })
    if (active > 0)
      throw new HttpError("conflict", "expected a workflow without active runs; cancel them first")
    await queries.workflow.delete({ where: { id } })
  })
}
