import { setTimeout as sleep } from "node:timers/promises"
import type { ClientBase } from "pg"
import { DEPLOY_LOCK } from "./advisory-keys.js"
import { isReserved } from "./reservation.js"
import { describeHolder, holderOf, type Held } from "./lock-holder.js"

const PAUSE_MS = 200
const FIRST_WORDS_AFTER_MS = 1_000
const FURTHER_WORDS_AFTER_MS = 30_000

/** How to wait for the lock. */
export interface Waiting {
  /** Milliseconds; 0 for not at all. */
  readonly waitMs: number
  /** Takes a line for the person who waits. */
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  /** Takes it back: a reservation is this program's own. */
  readonly isOwner?: boolean
}

/** Somebody else changes the environment. */
export class LockHeld extends Error {
  constructor(
    readonly holder: Held | undefined,
    waitMs: number,
  ) {
    const when = waitMs > 0 ? `within ${waitMs / 1000} s` : "at once"
    const hang = holder ? `; one that hangs is ended with SELECT pg_terminate_backend(${holder.pid})` : ""
    super(
      `expected the environment's lock to be free ${when}, but it is held by ${describeHolder(holder)}. ` +
        `Nothing was changed. Run the same command again when that has ended; deploy and rollback wait for it with --wait${hang}.`,
    )
  }
}

/**
 * Takes the advisory lock for the rest of the session. Asks again and again instead of waiting inside PostgreSQL: a query
 * that waits holds a snapshot, for which a CREATE INDEX CONCURRENTLY of the holder would wait in turn.
 * @throws LockHeld when it was not free in time; the signal's reason
 */
export async function acquire(client: ClientBase, waiting: Waiting): Promise<void> {
  const { waitMs, say, signal, isOwner = false } = waiting
  const start = performance.now()
  let nextWords = FIRST_WORDS_AFTER_MS
  while (!(await tryLock(client, isOwner))) {
    signal.throwIfAborted()
    const waited = performance.now() - start
    if (waited >= waitMs) throw new LockHeld(await holderOf(client), waitMs)
    if (waited >= nextWords) {
      say(`waiting for the environment's lock, held by ${describeHolder(await holderOf(client))}`)
      nextWords += FURTHER_WORDS_AFTER_MS
    }
    await pause(Math.min(PAUSE_MS, waitMs - waited), signal)
  }
}

/** Ends with the signal's own reason, which says more than that a timer was aborted. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {
    signal.throwIfAborted()
  })
}

async function tryLock(client: ClientBase, isOwner: boolean): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS taken", [
    ...DEPLOY_LOCK,
  ])
  if (rows[0]?.taken !== true) return false
  if (isOwner || !(await isReserved(client))) return true
  await client.query("SELECT pg_advisory_unlock($1, $2)", [...DEPLOY_LOCK])
  return false
}
