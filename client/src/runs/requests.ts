import type { Connection } from "../api/request"
import { requestJson } from "../api/request"
import type { Run } from "./run"
import { runSchema } from "./run"

/** Reads one run. */
export function readRun(connection: Connection, runId: string, signal?: AbortSignal): Promise<Run> {
  return requestJson(connection, `/api/runs/${encodeURIComponent(runId)}`, { schema: runSchema, signal })
}

/** Starts a run of a workflow; needs a key. */
export function startRun(connection: Connection, workflowId: string): Promise<Run> {
  const path = `/api/workflows/${encodeURIComponent(workflowId)}/runs`
  return requestJson(connection, path, { schema: runSchema, method: "POST" })
}

/** Asks for the end of a run; needs a key. Throws an ApiError with status 409 when the run has ended already. */
export function cancelRun(connection: Connection, runId: string): Promise<Run> {
  const path = `/api/runs/${encodeURIComponent(runId)}/cancel`
  return requestJson(connection, path, { schema: runSchema, method: "POST" })
}
