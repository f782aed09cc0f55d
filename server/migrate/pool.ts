import pg from "pg"
import { connectionError } from "./connection-error.js"
import { takeLock, type LockOptions } from "./lock.js"
import { prepareSession } from "./session.js"

const connectTimeout = 5_000

/**
 * A pool of one connection, since the lock belongs to a session and has to cover everything that is done. A connection is never
 * given up for being idle, and never keeps the process alive.
 *
 * @param lock with it, a connection is handed out only once it holds the lock of `takeLock`
 */
export function migrationPool(url: string, lock?: LockOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
    application_name: "prisma migrate",
    verify: (client, done) => {
      // A connection lost while it works rejects its query; the same error without a listener would end the process.
      client.on("error", () => undefined)
      begin(client, lock).then(
        () => {
          done()
        },
        (error: unknown) => {
          done(asError(error))
        },
      )
    },
  })
  pool.on("error", () => undefined)
  return pool
}

/**
 * Connects once, so that a server that cannot be used is told in our words, before Prisma begins.
 *
 * @throws what was expected of `DATABASE_URL` and what was found there
 */
export async function connectOnce(pool: pg.Pool, url: string): Promise<pg.PoolClient> {
  return pool.connect().catch((error: unknown) => {
    throw connectionError(asError(error), url)
  })
}

async function begin(client: pg.ClientBase, lock: LockOptions | undefined): Promise<void> {
  await prepareSession(client)
  if (lock) await takeLock(client, lock)
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
