import type { Run, Workflow, WorkflowStep } from "../generated/prisma/client.js"
import { runSummaryView } from "../runs/view.js"
import type { WorkflowRow } from "./store.js"

/** A workflow with its steps and its newest runs, as the API shows it. */
export function workflowView(workflow: Workflow & { steps: WorkflowStep[]; runs: Run[] }) {
  const { id, goal, connector, createdAt } = workflow
  const steps = workflow.steps.map(({ position, name, prompt }) => ({ position, name, prompt }))
  return {
    id,
    goal,
    connector,
    createdAt: createdAt.toISOString(),
    steps,
    runs: workflow.runs.map(runSummaryView),
  }
}

/** A workflow as lists show it. */
export function workflowSummaryView(row: WorkflowRow) {
  const { id, goal, connector, createdAt, stepCount } = row
  return { id, goal, connector, createdAt: createdAt.toISOString(), stepCount, lastRun: lastRun(row) }
}

function lastRun({ runId, runStatus, runCreatedAt, runStartedAt, runFinishedAt }: WorkflowRow) {
  if (runId === null || runStatus === null || runCreatedAt === null) return null
  const times = { createdAt: runCreatedAt, startedAt: runStartedAt, finishedAt: runFinishedAt }
  return runSummaryView({ id: runId, status: runStatus, ...times })
}
