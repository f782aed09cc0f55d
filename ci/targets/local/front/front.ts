import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { refuse } from "./answers.js"
import { exchange, type Exchange } from "./exchange.js"
import { destination, pathOf } from "./routes.js"
import type { Route } from "./upstream.js"
import { LocalFailure } from "../failure.js"

/** Longer than what stands before a front usually keeps an idle connection. */
const KEEP_ALIVE_MS = 65_000

/**
 * The one address in front of both colours: an HTTP/1.1 proxy that chooses for each request, so that a connection that
 * is kept alive follows a switch.
 */
export class Front {
  /** What new requests are led to. */
  route: Route | undefined
  #held: Promise<void> | undefined
  #server: Server | undefined

  /** Where it listens; undefined until it does. */
  port: number | undefined

  /** Holds new requests to the server back, until what it returns is called. */
  hold(): () => void {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    this.#held = held
    return () => {
      if (this.#held === held) this.#held = undefined
      release()
    }
  }

  /** Returns when no request is under way at the server that new ones are led to, streams of events aside. */
  async quiet(milliseconds: number, signal: AbortSignal): Promise<void> {
    const late = new AbortController()
    const stop = () => late.abort(signal.reason)
    const timer = setTimeout(() => {
      late.abort(
        new LocalFailure(`expected requests under way to end within ${milliseconds} ms; some did not`),
      )
    }, milliseconds)
    signal.addEventListener("abort", stop)
    try {
      await this.route?.server.traffic.idle(late.signal)
    } finally {
      clearTimeout(timer)
      signal.removeEventListener("abort", stop)
    }
  }

  /**
   * Listens on a port of 127.0.0.1, instead of where it listened before.
   * @throws when the port is taken
   */
  async listen(port: number): Promise<void> {
    if (port === this.port) return
    const server = createServer(
      { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 },
      (request, response) => {
        void this.#answer(request, response)
      },
    )
    await once(server.listen(port, "127.0.0.1"), "listening")
    const before = this.#server
    this.#server = server
    this.port = port
    before?.close()
  }

  /** Takes no more connections, and ends those that there are. */
  close(): void {
    this.#server?.close()
    this.#server?.closeAllConnections()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A caller that goes away is told by `close`.
    response.on("error", () => undefined)
    const path = pathOf(request.url ?? "")
    if (path === undefined) {
      refuse(response, "bad request")
      return
    }
    if (this.#held && destination(path) === "server") await this.#untilReleased()
    this.#lead({ request, response, path }, true)
  }

  /** Another hold may begin at the moment in which one ends. */
  async #untilReleased(): Promise<void> {
    while (this.#held) await this.#held
  }

  #lead(ask: Exchange, isFirst: boolean): void {
    const { response, path } = ask
    const to = destination(path)
    if (response.destroyed) return
    if (to === "nowhere") refuse(response, "not found")
    else if (!this.route) refuse(response, "unavailable")
    else
      exchange(ask, this.route[to], ({ mayAskAgain }) => {
        if (isFirst && mayAskAgain) this.#lead(ask, false)
        else refuse(response, "bad gateway")
      })
  }
}
