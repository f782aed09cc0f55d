import express, { type Express, Router } from "express"
import type { ConnectorRegistry } from "./agent/connectors.js"
import { requestContext } from "./http/context.js"
import { answerError } from "./http/error-answer.js"
import type { InFlight } from "./http/in-flight.js"
import { headers, requestLimit } from "./http/protection.js"
import { requestLog } from "./http/request-log.js"
import type { Readiness } from "./operations/readiness.js"
import { operationsRoutes } from "./operations/routes.js"
import { runRoutes, type RunRoutes } from "./runs/routes.js"
import type { Settings } from "./settings/settings.js"
import { workflowRoutes } from "./workflows/routes.js"

/** What the HTTP application is made of. */
export interface AppParts extends RunRoutes {
  settings: Settings
  connectors: ConnectorRegistry
  readiness: Readiness
  inFlight: InFlight
}

/** The HTTP application, without a port. */
export function createApp(parts: AppParts): Express {
  const { http } = parts.settings
  const app = express()
  app.set("trust proxy", http.proxies)
  app.use(requestContext(parts.logger), parts.inFlight.counting, requestLog(parts.metrics), ...headers(http))
  const routes = appRoutes(parts)
  // What no route has answered, thrown or not, ends in one place.
  app.use((request, response) => {
    routes(request, response, (thrown?: unknown) => {
      answerError({ request, response, thrown }, parts.metrics)
    })
  })
  return app
}

// Operators' routes come before the limit: a probe must never be refused for asking too often.
function appRoutes(parts: AppParts): Router {
  const router = Router()
  router.use(operationsRoutes(parts), requestLimit(parts.settings.http))
  router.use(workflowRoutes(parts), runRoutes(parts))
  return router
}
