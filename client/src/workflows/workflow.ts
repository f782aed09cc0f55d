import * as z from "zod/mini"

import { runSummarySchema } from "../runs/run"

const workflowBase = z.object({
  id: z.string(),
  goal: z.string(),
  connector: z.string(),
  createdAt: z.string(),
})

const workflowSummarySchema = z.extend(workflowBase, {
  stepCount: z.number(),
  lastRun: z.nullable(runSummarySchema),
})

/** One page of the list, newest first; `nextCursor` is null on the last. */
export const workflowPageSchema = z.object({
  items: z.array(workflowSummarySchema),
  nextCursor: z.nullable(z.string()),
})

/** A workflow with its steps and its newest runs. */
export const workflowSchema = z.extend(workflowBase, {
  steps: z.array(z.object({ position: z.number(), name: z.string(), prompt: z.string() })),
  runs: z.array(runSummarySchema),
})

export type WorkflowSummary = z.infer<typeof workflowSummarySchema>
export type WorkflowPage = z.infer<typeof workflowPageSchema>
export type Workflow = z.infer<typeof workflowSchema>

/** What creating a workflow asks for; without a connector the server takes its default. */
export interface NewWorkflow {
  goal: string
  connector?: string
  steps: { name: string; prompt: string }[]
}

const longestHeadline = 90

/** A goal in one short line: its first line, cut between words when it is long. */
export function headline(goal: string): string {
  const line = goal.trim().split("\n", 1)[0] ?? ""
  if (line.length <= longestHeadline) return line
  const cut = line.slice(0, longestHeadline)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longestHeadline / 2)).trimEnd()}…`
}
