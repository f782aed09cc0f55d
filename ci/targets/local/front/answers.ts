import type { ServerResponse } from "node:http"

/** What the front answers by itself. */
export type Refusal = "bad request" | "not found" | "bad gateway" | "unavailable"

const REFUSALS = {
  "bad request": [400, "bad_request", "expected the path of a resource"],
  "not found": [404, "not_found", "there is nothing here"],
  "bad gateway": [502, "bad_gateway", "the connection to the server broke before it answered; try again"],
  unavailable: [503, "unavailable", "no release serves here now; try again in a moment"],
} as const

/** Answers in the form in which the server tells errors. One whose answer has begun is broken off. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const [status, code, message] = REFUSALS[refusal]
  const body = JSON.stringify({ error: { code, message } })
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(body),
  }
  response.writeHead(status, { ...headers, ...(status >= 502 && { "retry-after": "1" }) }).end(body)
}
