import { randomUUID } from "node:crypto"
import type { ServerResponse } from "node:http"

import type { FieldError } from "../../src/api/api-error"

/** An answer outside 2xx, thrown by whatever finds the reason. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly fields?: FieldError[],
  ) {
    super(message)
  }
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
}

/** Sends an error in the API's form; each has a request id. */
export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const requestId = randomUUID()
  const { status, message, fields } = refusal
  response.setHeader("x-request-id", requestId)
  sendJson(response, status, {
    error: { code: `http_${status}`, message, requestId, ...(fields && { fields }) },
  })
}

/** What lets a page of another origin read the answers. */
export function allowAnyOrigin(response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*")
  response.setHeader("access-control-allow-headers", "authorization, content-type")
  response.setHeader("access-control-expose-headers", "x-request-id")
}
