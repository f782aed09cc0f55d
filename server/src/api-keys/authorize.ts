import type { RequestHandler } from "express"
import type { Database } from "../database/database.js"
import { HttpError } from "../http/error.js"
import type { RequestContext } from "../http/context.js"
import type { ConnectorName } from "../settings/settings.js"
import { findKey } from "./store.js"

/** Lets only requests with a working key pass, and keeps the key in the request's context. */
export function requireKey(database: Database): RequestHandler {
  return async (request, response, next) => {
    const [, text] = /^Bearer +(\S+)$/i.exec(request.get("authorization") ?? "") ?? []
    const key = text === undefined ? undefined : await findKey(database, text)
    if (!key)
      throw new HttpError("unauthorized", "expected a valid key in the header Authorization: Bearer aca_…")
    response.locals.context.apiKey = key
    next()
  }
}

/**
 * Passes when the request's key may use a connector.
 * @throws HttpError 403 otherwise.
 */
export function requireConnector({ apiKey }: RequestContext, connector: ConnectorName): void {
  const allowed = apiKey?.connectors ?? []
  if (apiKey && (allowed.length === 0 || allowed.includes(connector))) return
  const reason = `expected a key that may use the connector ${connector}`
  throw new HttpError("forbidden", `${reason}; this key may use: ${allowed.join(", ")}`)
}
