import { z } from "zod"

const time = z.iso.datetime()
const timeOrNull = time.nullable()
const id = z.uuid()
const connector = z.enum(["sandbox", "openai", "anthropic"])
const runStatus = z.enum(["queued", "running", "succeeded", "failed", "cancelled", "interrupted"])
const stepStatus = z.enum(["pending", "running", "succeeded", "failed", "cancelled", "interrupted"])

const runSummary = z.strictObject({
  id,
  status: runStatus,
  createdAt: time,
  startedAt: timeOrNull,
  finishedAt: timeOrNull,
})

const runStep = z.strictObject({
  position: z.int(),
  name: z.string(),
  prompt: z.string(),
  status: stepStatus,
  output: z.string().nullable(),
  error: z.string().nullable(),
  startedAt: timeOrNull,
  finishedAt: timeOrNull,
  durationMs: z.int().nullable(),
})

/** A run, exactly as the API promises it. */
export const runShape = runSummary.extend({
  workflowId: id,
  version: z.int(),
  error: z.string().nullable(),
  steps: z.array(runStep),
})

const workflowHead = z.strictObject({ id, goal: z.string(), connector, createdAt: time })
const workflowStep = z.strictObject({ position: z.int(), name: z.string(), prompt: z.string() })

/** A workflow, exactly as the API promises it. */
export const workflowShape = workflowHead.extend({ steps: z.array(workflowStep), runs: z.array(runSummary) })

/** A page of workflows, exactly as the API promises it. */
export const pageShape = z.strictObject({
  items: z.array(workflowHead.extend({ stepCount: z.int(), lastRun: runSummary.nullable() })),
  nextCursor: z.string().nullable(),
})

/** An error, exactly as the API promises it. */
export const errorShape = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string().min(1),
    requestId: z.string().min(1),
    fields: z.array(z.strictObject({ field: z.string(), message: z.string().min(1) })).optional(),
  }),
})
