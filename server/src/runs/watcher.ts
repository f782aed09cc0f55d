import type { Database } from "../database/database.js"
import type { TelemetryLogger } from "../telemetry/logger.js"

/** What a watcher needs. */
export interface WatcherOptions {
  database: Database
  logger: TelemetryLogger
  /** Milliseconds between two looks at the database; they find the changes that other servers made. */
  pollIntervalMs: number
}

/** Tells when a run may have changed: at once for changes of this process, else by asking the database. */
export class RunWatcher {
  readonly #options: WatcherOptions
  readonly #listeners = new Map<string, Set<() => void>>()
  #versions = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: WatcherOptions) {
    this.#options = options
  }

  /**
   * Calls a listener after each change of a run, sometimes without one.
   * @returns Ends the watching.
   */
  watch(runId: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(runId) ?? new Set()
    this.#listeners.set(runId, listeners.add(listener))
    this.#schedule()
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(runId)
    }
  }

  /** Says that this process has changed a run. */
  changed(runId: string) {
    this.#listeners.get(runId)?.forEach((listener) => {
      listener()
    })
  }

  #schedule() {
    if (this.#timer || this.#listeners.size === 0) return
    this.#timer = setTimeout(() => void this.#look(), this.#options.pollIntervalMs).unref()
  }

  async #look() {
    try {
      const versions = await this.#currentVersions()
      for (const id of this.#listeners.keys())
        // One that is not there has been removed, perhaps before it was ever seen.
        if (!versions.has(id) || versions.get(id) !== this.#versions.get(id)) this.changed(id)
      this.#versions = versions
    } catch (error) {
      this.#options.logger.warn("could not look for changed runs", { error })
    }
    this.#timer = undefined
    this.#schedule()
  }

  async #currentVersions() {
    const ids = [...this.#listeners.keys()]
    const where = { id: { in: ids } }
    const rows = await this.#options.database.client.run.findMany({
      where,
      select: { id: true, version: true },
    })
    return new Map(rows.map(({ id, version }) => [id, version]))
  }
}
