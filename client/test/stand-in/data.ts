import { randomUUID } from "node:crypto"

import type { Run, RunStep } from "../../src/runs/run"
import type { NewWorkflow, Workflow } from "../../src/workflows/workflow"

/** A workflow as the API would hold it; `minute` orders a list of them. */
export function workflowOf(body: NewWorkflow, minute = 0): Workflow {
  return {
    id: randomUUID(),
    goal: body.goal,
    connector: body.connector ?? "sandbox",
    createdAt: new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString(),
    steps: body.steps.map((step, position) => ({ position, ...step })),
    runs: [],
  }
}

/** A workflow of two steps. */
export function twoSteps(goal: string, minute = 0): Workflow {
  const steps = [
    { name: "Outline", prompt: "Outline {{goal}}" },
    { name: "Write", prompt: "Write from {{previous.output}}" },
  ]
  return workflowOf({ goal, steps }, minute)
}

/** A run of a workflow that nobody has taken up yet. */
export function queuedRun(workflow: Workflow): Run {
  return {
    id: randomUUID(),
    workflowId: workflow.id,
    version: 1,
    status: "queued",
    createdAt: new Date().toISOString(),
    startedAt: null,
    finishedAt: null,
    error: null,
    steps: workflow.steps.map((step) => ({ ...step, ...notBegun })),
  }
}

const notBegun = {
  status: "pending",
  output: null,
  error: null,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
} as const

/** The run's steps with one of them changed. */
export function withStep(run: Run, index: number, change: Partial<RunStep>): RunStep[] {
  return run.steps.map((step, at) => (at === index ? { ...step, ...change } : step))
}
