import cors from "cors"
import express, { type RequestHandler } from "express"
import { rateLimit } from "express-rate-limit"
import helmet from "helmet"
import type { Settings } from "../settings/settings.js"
import { HttpError } from "./error.js"

/** Secure headers, and which pages may call this API. */
export function headers({ corsOrigins }: Settings["http"]): RequestHandler[] {
  const origin = corsOrigins.includes("*") ? "*" : corsOrigins
  const exposedHeaders = ["x-request-id", "location", "retry-after", "ratelimit", "ratelimit-policy"]
  return [helmet(), cors({ origin, exposedHeaders, maxAge: 600 }), noStore]
}

// An answer of this API is true at its moment only.
const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader("cache-control", "no-store")
  next()
}

/** Refuses a client address that asks too often. Each process counts for itself. */
export function requestLimit({ rateLimitPerMinute }: Settings["http"]): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: rateLimitPerMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // The package warns of a forwarded header that TRUST_PROXY does not cover; ignoring it is what we want.
    validate: { xForwardedForHeader: false },
    handler: () => {
      const limit = `at most ${rateLimitPerMinute} requests a minute`
      throw new HttpError("rate_limited", `expected ${limit}; wait for the seconds in Retry-After`)
    },
  })
}

/** Reads a JSON body up to the limit, and refuses a body of another kind. */
export function jsonBody({ bodyLimitBytes }: Settings["http"]): RequestHandler {
  const read: RequestHandler = express.json({ limit: bodyLimitBytes })
  return (request, response, next) => {
    const { "content-length": length, "content-type": type } = request.headers
    // Null where there is no body; an empty one is for the schema to refuse.
    if (length !== "0" && request.is("application/json") === false) throw noJson(type)
    read(request, response, next)
  }
}

const noJson = (received = "none") =>
  new HttpError(
    "unsupported_media_type",
    `expected the header content-type: application/json, received ${received}`,
  )
