import { type Response, Router } from "express"
import { requireConnector, requireKey } from "../api-keys/authorize.js"
import { notFound } from "../http/error.js"
import { parseId } from "../http/parse.js"
import type { TelemetryLogger } from "../telemetry/logger.js"
import { findWorkflow } from "../workflows/store.js"
import type { RunParts } from "./change.js"
import { followRun } from "./events.js"
import { cancelRun, createRun, findRun, findRunOwner } from "./store.js"
import type { Streams } from "./streams.js"
import { runView } from "./view.js"

/** What the routes of runs need. */
export interface RunRoutes extends RunParts {
  logger: TelemetryLogger
  streams: Streams
  /** Called when there is a new run to work on. */
  onQueued: () => void
}

/** Start, read, cancel and follow runs. */
export function runRoutes(parts: RunRoutes): Router {
  const router = Router()
  const key = requireKey(parts.database)
  router.post("/api/workflows/:id/runs", key, async ({ params }, response) => {
    const run = await start(parts, params.id, response)
    response.status(202).location(`/api/runs/${run.id}`).json(run)
  })
  router.get("/api/runs/:id", async ({ params }, response) => {
    response.json(await existing(parts, params.id, response))
  })
  router.post("/api/runs/:id/cancel", key, async ({ params }, response) => {
    response.status(202).json(await cancel(parts, params.id, response))
  })
  router.get("/api/runs/:id/events", async ({ method, params }, response) => {
    const { id } = await existing(parts, params.id, response)
    if (method === "HEAD") response.setHeader("content-type", "text/event-stream").end()
    else followRun({ response, runId: id, parts })
  })
  return router
}

async function start({ database, onQueued }: RunRoutes, workflowId: unknown, { locals }: Response) {
  const workflow = await findWorkflow(database, parseId(workflowId, notFound("workflow")))
  if (!workflow) throw notFound("workflow")
  requireConnector(locals.context, workflow.connector)
  const run = await createRun(database, workflow.id)
  Object.assign(locals.context, { workflowId: workflow.id, runId: run.id })
  onQueued()
  return runView(run)
}

async function cancel(parts: RunRoutes, id: unknown, response: Response) {
  const runId = parseId(id, notFound("run"))
  const workflow = await findRunOwner(parts.database, runId)
  if (!workflow) throw notFound("run")
  requireConnector(response.locals.context, workflow.connector)
  await cancelRun(parts, runId)
  return existing(parts, runId, response)
}

async function existing({ database }: RunRoutes, id: unknown, { locals }: Response) {
  const run = await findRun(database, parseId(id, notFound("run")))
  if (!run) throw notFound("run")
  Object.assign(locals.context, { workflowId: run.workflowId, runId: run.id })
  return runView(run)
}
