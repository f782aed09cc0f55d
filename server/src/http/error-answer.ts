import type { Request, Response } from "express"
import type { Metrics } from "../telemetry/metrics.js"
import { HttpError } from "./error.js"
import { readToItsEnd } from "./unread-body.js"

/** A request that no route has answered, and what was thrown, if anything was. */
export interface Unanswered {
  request: Request
  response: Response
  thrown: unknown
}

/** Answers with an error; the one place that does. Unknown errors show nothing but the request's id. */
export function answerError({ request, response, thrown }: Unanswered, metrics: Metrics): void {
  const { requestId, logger } = response.locals.context
  const error = thrown === undefined ? unknownRoute(request) : visibleError(thrown)
  metrics.requestErrors.inc({ code: error.code })
  if (error.code === "internal") logger.error("request failed", { error: thrown })
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error.code === "unauthorized") response.setHeader("www-authenticate", "Bearer")
  readToItsEnd(request, response)
  const { code, message, fields } = error
  response.status(error.status).json({ error: { code, message, requestId, ...(fields && { fields }) } })
}

const unknownRoute = ({ method, path }: Request) =>
  new HttpError("not_found", `expected a route of this API, received ${method} ${path}`)

function visibleError(thrown: unknown): HttpError {
  if (thrown instanceof HttpError) return thrown
  const { status, type } = mark(thrown)
  if (type === "entity.parse.failed")
    return new HttpError("bad_request", "expected a body that is valid JSON")
  if (status === 413) return new HttpError("too_large", "expected a smaller body; see BODY_LIMIT_BYTES")
  if (status >= 400 && status < 500)
    return new HttpError(
      "bad_request",
      "expected a request that can be read; check its address, headers and body",
    )
  return new HttpError("internal", "the server failed; give the request id to its operators")
}

// Express and its body parser put a status on the errors that are the caller's fault.
function mark(thrown: unknown): { status: number; type: unknown } {
  if (!(thrown instanceof Error)) return { status: 500, type: undefined }
  const status = "status" in thrown && typeof thrown.status === "number" ? thrown.status : 500
  return { status, type: "type" in thrown ? thrown.type : undefined }
}
