import { finished } from "node:stream"
import type { Request, Response } from "express"

/**
 * Reads what a refused request still sends, and only then closes its connection. Closed right after the answer, it would be
 * reset and the answer could be lost with it (RFC 9112, section 9.6): a proxy that still sends answers 502 instead.
 * Node's own `requestTimeout` ends what never ends. To be called before the answer is written.
 */
export function readToItsEnd(request: Request, response: Response): void {
  if (request.complete) return
  const isLast = !response.shouldKeepAlive
  response.shouldKeepAlive = true
  response.once("finish", () => {
    finished(request, () => {
      if (isLast) request.socket.end()
    })
    request.resume()
  })
}
