import type { IncomingMessage, ServerResponse } from "node:http"
import type { Dispatcher } from "undici"
import { answerHeaders, requestHeaders } from "./headers.js"
import type { Upstream } from "./upstream.js"

/** A request to the front and its answer. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path and query. */
  readonly path: string
}

/** How an exchange with the upstream went wrong. */
export interface Broken {
  /** The caller has not been answered yet, and nothing speaks against asking once more. */
  readonly mayAskAgain: boolean
}

type Body = NonNullable<Dispatcher.DispatchOptions["body"]> | null

const EVENTS = "text/event-stream"
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])

/**
 * Passes a request on and its answer back, both as they come. Counts as under way at the upstream until the answer has
 * ended; a stream of events only until it begins, since it ends when it is told to.
 * @param broken told when the connection to the upstream breaks, unless the caller went away
 */
export function exchange(ask: Exchange, upstream: Upstream, broken: (how: Broken) => void): void {
  const { request, response, path } = ask
  const over = upstream.traffic.begin()
  const passing = new Passing(ask, over, broken)
  response.once("close", () => passing.callerGone())
  const { method = "GET" } = request
  upstream.pool.dispatch(
    // HEAD and GET of one connection never wait for each other: there is one request on it at a time.
    {
      method: method,
      path,
      headers: requestHeaders(request),
      body: bodyOf(request),
    },
    passing,
  )
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"]
  return (length !== undefined && length !== "0") || headers["transfer-encoding"] !== undefined
}

/** An upstream that breaks must not take the caller's connection with it: the caller is owed an answer. */
function bodyOf(request: IncomingMessage): Body {
  // undici takes what can be iterated, its types don't say so.
  return hasBody(request) ? (request.iterator({ destroyOnReturn: false }) as unknown as Body) : null
}

/** What undici tells of one exchange. */
class Passing implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined
  #isCallerGone = false
  readonly #ask: Exchange
  readonly #over: () => void
  readonly #broken: (how: Broken) => void

  constructor(ask: Exchange, over: () => void, broken: (how: Broken) => void) {
    this.#ask = ask
    this.#over = over
    this.#broken = broken
  }

  /** The caller has its answer, or does not want it any more. */
  callerGone(): void {
    this.#over()
    if (this.#ask.response.writableFinished) return
    this.#isCallerGone = true
    this.#controller?.abort(new Error("the caller went away"))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isCallerGone) controller.abort(new Error("the caller went away"))
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    ...[status, headers, message]: [number, Record<string, string | string[] | undefined>, string?]
  ): void {
    // An informational answer, of which the real one follows.
    if (status < 200) return
    const { response } = this.#ask
    const raw = answerHeaders((controller.rawHeaders ?? []) as (Buffer | string)[])
    response.writeHead(status, message, raw)
    if (String(headers["content-type"]).startsWith(EVENTS)) this.#over()
    // What has no length may be long in coming.
    if (headers["content-length"] === undefined) response.flushHeaders()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    const { response } = this.#ask
    if (response.write(chunk)) return
    controller.pause()
    response.once("drain", () => controller.resume())
  }

  onResponseEnd(): void {
    this.#ask.response.end()
  }

  onResponseError(): void {
    if (this.#isCallerGone) return
    const { request, response } = this.#ask
    const mayAskAgain = !response.headersSent && REPEATABLE.has(request.method ?? "") && !hasBody(request)
    this.#over()
    this.#broken({ mayAskAgain })
  }
}
