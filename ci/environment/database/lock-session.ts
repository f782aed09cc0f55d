import { DatabaseError, type Client } from "pg"
import { connected } from "./connection.js"
import type { Holder } from "./lock-holder.js"
import { LockLost, watched } from "./lock-loss.js"
import { acquire, LockHeld, type Waiting } from "./lock-wait.js"
import { prepare } from "./prepare.js"

/** For whom the lock is taken, and how it is waited for. */
export interface LockOptions extends Waiting {
  readonly holder: Holder
}

/** A session that holds the lock. */
export interface Session {
  readonly client: Client
  /** Ends the connection, and with it the lock. */
  end(): Promise<void>
}

/**
 * Opens a session and takes the lock in it. Who waits is not put off by a connection that is ended meanwhile: a database
 * that is copied within its server lets nobody stay.
 * @param lost aborted when the session is lost
 */
export async function openSession(
  url: string,
  options: LockOptions,
  lost: AbortController,
): Promise<Session> {
  const began = performance.now()
  try {
    return await locked(await connected(url), options, lost)
  } catch (error) {
    const left = options.waitMs - (performance.now() - began)
    if (!wasEnded(error) || left <= 0) throw error
    return openSession(url, { ...options, waitMs: left }, lost)
  }
}

async function locked(client: Client, options: LockOptions, lost: AbortController): Promise<Session> {
  const watch = watched(client)
  const end = async () => {
    watch.giveUp()
    await client.end().catch(() => undefined)
  }
  try {
    await prepare(client)
    await acquire(client, options)
    watch.lost.addEventListener("abort", () => lost.abort(watch.lost.reason))
    return { client, end }
  } catch (error) {
    const wasLost = watch.lost.aborted && !(error instanceof LockHeld)
    await end()
    throw wasLost ? watch.lost.reason : error
  }
}

/** SQLSTATE: somebody has ended the session. */
const ENDED = "57P01"

const wasEnded = (error: unknown) =>
  error instanceof LockLost || (error instanceof DatabaseError && error.code === ENDED)
