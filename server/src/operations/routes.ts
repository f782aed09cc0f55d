import { Router } from "express"
import type { Settings } from "../settings/settings.js"
import type { Metrics } from "../telemetry/metrics.js"
import type { Readiness } from "./readiness.js"

/** What the routes for operators need. */
export interface OperationsRoutes {
  settings: Settings
  metrics: Metrics
  readiness: Readiness
}

/** Health, readiness, version and metrics. */
export function operationsRoutes({ settings, metrics, readiness }: OperationsRoutes): Router {
  const router = Router()
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok" })
  })
  router.get("/readyz", async (_request, response) => {
    const reasons = await readiness.reasons()
    if (reasons.length === 0) response.json({ status: "ready" })
    else response.status(503).json({ status: "unready", reasons })
  })
  router.get("/version", async (_request, response) => {
    const { commit, version, environment } = settings
    response.json({ commit, version, environment, migrations: await readiness.migrationHeads() })
  })
  router.get("/metrics", async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
  return router
}
