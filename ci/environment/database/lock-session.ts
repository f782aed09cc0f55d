import type { Client } from "pg"
import { connected } from "./connection.js"
import type { Holder } from "./lock-holder.js"
import { watched } from "./lock-loss.js"
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
  const client = await connected(url)
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
    await end()
    const left = options.waitMs - (performance.now() - began)
    if (!watch.lost.aborted || error instanceof LockHeld || left <= 0) throw error
    return openSession(url, { ...options, waitMs: left }, lost)
  }
}
