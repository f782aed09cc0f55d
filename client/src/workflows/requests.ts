import type { Connection } from "../api/request"
import { requestJson } from "../api/request"
import type { NewWorkflow, Workflow, WorkflowPage } from "./workflow"
import { workflowPageSchema, workflowSchema } from "./workflow"

interface PageOptions {
  /** Items a page, 1 to 100. */
  limit: number
  cursor?: string | null
  signal?: AbortSignal
}

/** Reads one page of workflows, newest first. */
export function listWorkflows(connection: Connection, options: PageOptions): Promise<WorkflowPage> {
  const query = new URLSearchParams({ limit: String(options.limit) })
  if (options.cursor) query.set("cursor", options.cursor)
  const path = `/api/workflows?${query.toString()}`
  return requestJson(connection, path, { schema: workflowPageSchema, signal: options.signal })
}

/** Reads one workflow with its steps and its newest runs. */
export function readWorkflow(connection: Connection, id: string, signal?: AbortSignal): Promise<Workflow> {
  return requestJson(connection, `/api/workflows/${encodeURIComponent(id)}`, {
    schema: workflowSchema,
    signal,
  })
}

/** Creates a workflow; needs a key. Throws an ApiError whose `fields` name what the server refused. */
export function createWorkflow(connection: Connection, body: NewWorkflow): Promise<Workflow> {
  return requestJson(connection, "/api/workflows", { schema: workflowSchema, method: "POST", body })
}
