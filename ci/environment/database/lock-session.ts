import { DatabaseError, type Client } from "pg"
import { setTimeout as sleep } from "node:timers/promises"
import { connected } from "./connection.js"
import type { Holder } from "./lock-holder.js"
import { LockLost, watched } from "./lock-loss.js"
import { acquire, LockHeld, type Waiting } from "./lock-wait.js"
import { prepare } from "./prepare.js"

const PAUSE_MS = 250

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
  let client = await connected(url)
  let { waitMs } = options
  for (const end = performance.now() + waitMs; ; waitMs = Math.max(0, end - performance.now())) {
    try {
      return await locked(client, { ...options, waitMs }, lost)
    } catch (error) {
      if (!wasEnded(error) || performance.now() >= end) throw error
      client = await connectedAgain(url, end, options.signal)
    }
  }
}

/** It was there a moment ago: it is renamed, copied, or its server starts anew. */
async function connectedAgain(url: string, end: number, signal: AbortSignal): Promise<Client> {
  for (;;) {
    try {
      return await connected(url)
    } catch (error) {
      signal.throwIfAborted()
      if (performance.now() >= end) throw error
      await sleep(PAUSE_MS)
    }
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
/** What `pg` says of a connection whose end came before the question. */
const UNUSABLE = /not queryable|Connection terminated/

function wasEnded(error: unknown): boolean {
  if (error instanceof LockLost) return true
  if (error instanceof DatabaseError) return error.code === ENDED
  return error instanceof Error && UNUSABLE.test(error.message)
}
