import { randomUUID } from "node:crypto"
import type { RequestHandler } from "express"
import type { ApiKey } from "../api-keys/store.js"
import type { TelemetryLogger } from "../telemetry/logger.js"

/** What belongs to one request; kept in `response.locals`. */
export interface RequestContext {
  requestId: string
  /** Adds the request id to its lines. */
  logger: TelemetryLogger
  /** The key that was checked, on routes that need one. */
  apiKey?: ApiKey
  workflowId?: string
  runId?: string
}

declare module "express-serve-static-core" {
  interface Locals {
    context: RequestContext
  }
}

const acceptable = /^[\w.:-]{1,100}$/

/** Gives each request its id, taken from the caller's `x-request-id` if that is short and plain. */
export function requestContext(logger: TelemetryLogger): RequestHandler {
  return (request, response, next) => {
    const given = request.get("x-request-id")
    const requestId = given !== undefined && acceptable.test(given) ? given : randomUUID()
    response.locals.context = { requestId, logger: logger.with({ requestId }) }
    response.setHeader("x-request-id", requestId)
    next()
  }
}
