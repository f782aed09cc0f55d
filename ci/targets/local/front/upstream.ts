import { Pool } from "undici"
import { Traffic } from "./traffic.js"

/** One process that the front leads requests to, on a port of 127.0.0.1 that can change when it is started again. */
export class Upstream {
  readonly traffic = new Traffic()
  #pool: Pool | undefined

  /** Connections to the newest port. @throws when there was none yet */
  get pool(): Pool {
    if (!this.#pool) throw new Error("expected an upstream that has a port")
    return this.#pool
  }

  /** Leads to another port. What goes on at the one before comes to its own end. */
  moveTo(port: number): void {
    const before = this.#pool
    // How long a request may take is for caller and server to say.
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { headersTimeout: 0, bodyTimeout: 0, pipelining: 1 })
    before?.close().catch(() => undefined)
  }

  /** Breaks off what still goes on. */
  async destroy(): Promise<void> {
    await this.#pool?.destroy()
  }
}

/** A release as the front sees it. */
export interface Route {
  readonly server: Upstream
  readonly client: Upstream
}
