import type { Request, RequestHandler, Response } from "express"
import type { Metrics } from "../telemetry/metrics.js"

/** Nginx's status for a caller who went before there was an answer. */
const CLIENT_CLOSED_REQUEST = 499

/** Writes one line and one measurement for each request, when its answer has ended. */
export function requestLog(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const start = performance.now()
    response.once("close", () => {
      record({ request, response, metrics, durationMs: performance.now() - start })
    })
    next()
  }
}

interface Ended {
  request: Request
  response: Response
  metrics: Metrics
  durationMs: number
}

function record({ request, response, metrics, durationMs }: Ended) {
  const { logger, workflowId, runId } = response.locals.context
  const { method } = request
  const route = routePattern(request)
  const status = response.headersSent ? response.statusCode : CLIENT_CLOSED_REQUEST
  const isStream = response.getHeader("content-type") === "text/event-stream"
  if (!isStream) metrics.requestSeconds.observe({ method, route, status }, durationMs / 1000)
  const complete = response.writableFinished
  const fields = { method, route, path: request.path, status, complete, workflowId, runId }
  const level = status >= 500 ? "error" : "info"
  logger[level]("request", { ...fields, durationMs: Math.round(durationMs * 10) / 10 })
}

// Never the address itself: it has ids in it, and a metric must not have a series for each id.
function routePattern(request: Request): string {
  const route: unknown = request.route
  const isRoute =
    typeof route === "object" && route !== null && "path" in route && typeof route.path === "string"
  return isRoute ? String(route.path) : "unmatched"
}
