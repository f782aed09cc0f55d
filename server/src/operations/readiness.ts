import type { Database } from "../database/database.js"
import { appliedMigrations } from "./migrations.js"

const patienceMs = 2_000

/** Whether this process should get requests. */
export class Readiness {
  readonly #database: Database
  readonly #known: readonly string[]
  #isWarming = false
  #isShuttingDown = false

  /** @param known The migrations this build needs; more in the database are fine. */
  constructor(database: Database, known: readonly string[]) {
    this.#database = database
    this.#known = known
  }

  /** Not ready until this has happened. */
  waitFor(warm: Promise<void>) {
    this.#isWarming = true
    void warm.then(() => (this.#isWarming = false))
  }

  /** From now on the process is not ready. */
  shutDown() {
    this.#isShuttingDown = true
  }

  /** Why the process is not ready, in words without secrets; empty when it is. */
  async reasons(): Promise<string[]> {
    if (this.#isShuttingDown) return ["the server is shutting down"]
    if (this.#isWarming) return ["the server is warming up"]
    const applied = await this.#applied()
    if (!applied) return [`the database did not answer within ${patienceMs} ms or refused the question`]
    const missing = this.#known.filter((name) => !applied.includes(name))
    return missing.map((name) => `the migration ${name} is not applied; run prisma migrate deploy`)
  }

  /** The newest migration this build knows, and the newest that is applied; null when that is not known. */
  async migrationHeads(): Promise<{ known: string | null; applied: string | null }> {
    const applied = await this.#applied()
    return { known: this.#known.at(-1) ?? null, applied: applied?.at(-1) ?? null }
  }

  async #applied(): Promise<string[] | undefined> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, patienceMs, undefined)
    })
    const answer = appliedMigrations(this.#database).catch(() => undefined)
    return Promise.race([answer, late]).finally(() => {
      clearTimeout(timer)
    })
  }
}
