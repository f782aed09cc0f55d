import * as z from "zod/mini"

const runStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled", "interrupted"])
const stepStatus = z.enum(["pending", "running", "succeeded", "failed", "cancelled", "interrupted"])
const moment = z.nullable(z.string())

/** A run as lists show it; times are ISO 8601 in UTC. */
export const runSummarySchema = z.object({
  id: z.string(),
  status: runStatus,
  createdAt: z.string(),
  startedAt: moment,
  finishedAt: moment,
})

const runStepSchema = z.object({
  position: z.number(),
  name: z.string(),
  prompt: z.string(),
  status: stepStatus,
  output: z.nullable(z.string()),
  error: z.nullable(z.string()),
  startedAt: moment,
  finishedAt: moment,
  durationMs: z.nullable(z.number()),
})

/** A run with its steps; `version` grows with every change. */
export const runSchema = z.extend(runSummarySchema, {
  workflowId: z.string(),
  version: z.number(),
  error: z.nullable(z.string()),
  steps: z.array(runStepSchema),
})

export type RunStatus = z.infer<typeof runStatus>
export type StepStatus = z.infer<typeof stepStatus>
export type RunSummary = z.infer<typeof runSummarySchema>
export type RunStep = z.infer<typeof runStepSchema>
export type Run = z.infer<typeof runSchema>

/** Whether nothing more will happen to a run. */
export function hasEnded({ status }: Pick<RunSummary, "status">): boolean {
  return status !== "queued" && status !== "running"
}
