import { rmSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Scratch } from "../../../host/reaper/scratch.js"
import type { Instance } from "../../target.js"
import { Upstream, type Route } from "../front/upstream.js"
import { clientProgram, serverProgram, type Ordered, type Surroundings } from "./program.js"
import { Supervised } from "./supervised.js"

/** How long requests may take to end before their server is told to. It waits for what is left, within its own deadline. */
const DRAIN_MS = 20_000

/** Everything that instances of this daemon stand on. */
export interface Ground extends Surroundings {
  readonly scratch: Scratch
}

/** A release's two processes in one colour. */
export class Running {
  readonly instance: Instance
  readonly route: Route = { server: new Upstream(), client: new Upstream() }
  readonly server: Supervised
  readonly client: Supervised
  /** What dies while it serves is started again. */
  isServing = false

  constructor(instance: Instance, ordered: Ordered, ground: Ground) {
    this.instance = instance
    const kept = (part: keyof Route) => ({
      log: join(ground.places.logs, `${instance.colour}-${part}.log`),
      scratch: ground.scratch,
      moved: (port: number) => this.route[part].moveTo(port),
      isNeeded: () => this.isServing,
    })
    this.server = new Supervised({
      ...kept("server"),
      program: (port) => serverProgram(ordered, port, ground),
    })
    this.client = new Supervised({
      ...kept("client"),
      program: (port) => clientProgram(ordered, port, ground),
    })
    // A colour's log begins with what runs in it now.
    for (const part of ["server", "client"] as const) rmSync(kept(part).log, { force: true })
  }

  /** The front leads here from now on: what died meanwhile is started again. */
  serve(): void {
    this.isServing = true
    this.server.revive()
    this.client.revive()
  }

  async start(): Promise<void> {
    await Promise.all([this.server.start(), this.client.start()])
  }

  /** Ends both, once nothing that the front led here is under way; at once when the signal is aborted. */
  async end(signal: AbortSignal): Promise<void> {
    const { server, client } = this.route
    const idle = Promise.all([server.traffic.idle(signal), client.traffic.idle(signal)])
    await Promise.race([idle.catch(() => undefined), sleep(DRAIN_MS, undefined, { ref: false })])
    await this.server.end(signal)
    await this.client.end(signal)
    await Promise.all([server.destroy(), client.destroy()])
  }

  /** Why it can't become ready any more. */
  get fault(): string | undefined {
    const client = this.client.fault
    return this.server.fault ?? (client === undefined ? undefined : `has a client that ${client}`)
  }

  async lines(): Promise<string[]> {
    return [...(await this.client.lines()), ...(await this.server.lines())]
  }
}
