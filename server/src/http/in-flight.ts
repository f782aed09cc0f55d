import type { RequestHandler } from "express"

/** Counts the requests that are being answered, so that a shutdown can wait for them. */
export class InFlight {
  #count = 0
  #onIdle: (() => void) | undefined

  /** How many requests have no complete answer yet. Streams are not counted: they are ended, not waited for. */
  get count(): number {
    return this.#count
  }

  /** Counts each request that passes, until its connection is done with it. */
  readonly counting: RequestHandler = (request, response, next) => {
    if (!request.path.endsWith("/events")) {
      this.#count++
      response.once("close", () => {
        if (--this.#count === 0) this.#onIdle?.()
      })
    }
    next()
  }

  /** Resolves when no request is being answered, or after `patienceMs` milliseconds. */
  async idle(patienceMs: number): Promise<void> {
    if (this.#count === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs)
      this.#onIdle = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
