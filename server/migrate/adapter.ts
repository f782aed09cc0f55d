import { PrismaPg } from "@prisma/adapter-pg"
import { isLocked, type LockOptions } from "./lock.js"
import { connectOnce, migrationPool } from "./pool.js"
import { applyScript } from "./script.js"
import { createShadow } from "./shadow.js"
import { unfinishedMigrations } from "./unfinished.js"
import { tellWayOut } from "./way-out.js"

type PgAdapter = Awaited<ReturnType<PrismaPg["connect"]>>

/**
 * Prisma's adapter for PostgreSQL with two parts of our own. Its own `executeScript` cuts a script at every semicolon and commits the
 * pieces one by one; its own shadow database is the real one whenever that is given by a connection string.
 */
export class MigrationAdapter extends PrismaPg {
  readonly #url: string
  readonly #hasLock: boolean
  readonly #pool: ReturnType<typeof migrationPool>

  /**
   * @param url the database to migrate
   * @param lock with it, everything happens under the lock of `takeLock`
   */
  constructor(url: string, lock?: LockOptions) {
    const pool = migrationPool(url, lock)
    super(pool, { disposeExternalPool: true })
    this.#url = url
    this.#hasLock = lock !== undefined
    this.#pool = pool
  }

  /**
   * Connects, takes the lock, if one was given, and looks for a migration that failed earlier, whose way out is then printed
   * at the end. One that has begun and not ended has failed, unless another process is at work on it.
   *
   * @throws when the database cannot be used or the lock was not free in time
   */
  async begin(): Promise<this> {
    const client = await connectOnce(this.#pool, this.#url)
    try {
      const isAtWork = !this.#hasLock && (await isLocked(client))
      const failed = isAtWork ? [] : await unfinishedMigrations(client)
      tellWayOut(failed.map(({ name }) => name))
    } finally {
      client.release()
    }
    return this
  }

  override async connect(): Promise<PgAdapter> {
    const adapter = await super.connect()
    adapter.executeScript = (script) => applyScript(this.#pool, script)
    return adapter
  }

  override async connectToShadowDb(): Promise<PgAdapter> {
    const shadow = await createShadow(this.#url)
    const adapter = await new MigrationAdapter(shadow.url).connect()
    const close = adapter.dispose.bind(adapter)
    adapter.dispose = () => close().finally(shadow.drop)
    return adapter
  }
}
