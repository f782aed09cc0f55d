import { Router, type Response } from "express"
import type { ConnectorRegistry } from "../agent/connectors.js"
import { requireConnector, requireKey } from "../api-keys/authorize.js"
import type { Database } from "../database/database.js"
import { notFound } from "../http/error.js"
import { invalid, parse, parseId } from "../http/parse.js"
import { jsonBody } from "../http/protection.js"
import type { Settings } from "../settings/settings.js"
import { cursorAfter, newWorkflow, pageQuery } from "./schema.js"
import { createWorkflow, deleteWorkflow, findWorkflow, listWorkflows } from "./store.js"
import { workflowSummaryView, workflowView } from "./view.js"

/** What the routes of workflows need. */
export interface WorkflowRoutes {
  database: Database
  connectors: ConnectorRegistry
  settings: Settings
}

/** Create, list, read and delete workflows. */
export function workflowRoutes(parts: WorkflowRoutes): Router {
  const { database, settings } = parts
  const router = Router()
  const key = requireKey(database)
  router.post("/api/workflows", key, jsonBody(settings.http), async ({ body }, response) => {
    const workflow = workflowView(await create(parts, body as unknown, response))
    response.status(201).location(`/api/workflows/${workflow.id}`).json(workflow)
  })
  router.get("/api/workflows", async ({ query }, response) => {
    response.json(await page(database, query))
  })
  router.get("/api/workflows/:id", async ({ params }, response) => {
    response.json(workflowView(await existing(database, params.id, response)))
  })
  router.delete("/api/workflows/:id", key, async ({ params }, response) => {
    const { id, connector } = await existing(database, params.id, response)
    requireConnector(response.locals.context, connector)
    await deleteWorkflow(database, id)
    response.status(204).end()
  })
  return router
}

async function create({ database, connectors, settings }: WorkflowRoutes, body: unknown, response: Response) {
  const given = parse(newWorkflow, body)
  const connector = given.connector ?? settings.model.defaultConnector
  requireConnector(response.locals.context, connector)
  if (!connectors.has(connector)) {
    const configured = [...connectors.keys()].join(", ")
    throw invalid([{ field: "connector", message: `Not configured here: expected one of ${configured}` }])
  }
  const workflow = await createWorkflow(database, { ...given, connector })
  response.locals.context.workflowId = workflow.id
  return workflow
}

async function page(database: Database, query: unknown) {
  const wanted = parse(pageQuery, query)
  const rows = await listWorkflows(database, wanted)
  const items = rows.slice(0, wanted.limit)
  const last = rows.length > wanted.limit ? items.at(-1) : undefined
  return { items: items.map(workflowSummaryView), nextCursor: last ? cursorAfter(last.number) : null }
}

async function existing(database: Database, id: unknown, response: Response) {
  const workflow = await findWorkflow(database, parseId(id, notFound("workflow")))
  if (!workflow) throw notFound("workflow")
  response.locals.context.workflowId = workflow.id
  return workflow
}
