import { setTimeout as sleep } from "node:timers/promises"
import type { ClientBase } from "pg"

/** "migr" in ASCII: our part of the space of advisory locks. They are per database, so the second number is free. */
const key = [0x6d696772, 1]
const pause = 200
const quietFor = 1_000

/** How to wait for the lock. */
export interface LockOptions {
  /** Milliseconds after which waiting ends in an error. */
  timeoutMs: number
  /** Takes a line for the person who waits. */
  say: (line: string) => void
}

/**
 * Takes the lock that lets one migration at a time work on a database. It belongs to the session and ends with it, so a killed
 * process leaves none behind.
 *
 * Asks again and again instead of waiting inside PostgreSQL: a query that waits holds a snapshot, and a CREATE INDEX CONCURRENTLY
 * in the migration that runs waits for all older snapshots, so each would wait for the other.
 *
 * @throws when the lock was not free within the deadline
 */
export async function takeLock(client: ClientBase, { timeoutMs, say }: LockOptions): Promise<void> {
  const start = performance.now()
  let told = false
  while (!(await tryLock(client))) {
    const waited = performance.now() - start
    if (waited >= timeoutMs) throw new Error(await deadlineMessage(client, timeoutMs))
    if (!told && waited >= quietFor) say(await waitingMessage(client, timeoutMs))
    told = waited >= quietFor
    await sleep(Math.min(pause, timeoutMs - waited))
  }
  if (told) say("The other migration has ended; going on.")
}

async function tryLock(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1, $2) AS taken", key)
  return rows[0]?.taken === true
}

/** Whether a migration works on the database just now. */
export async function isLocked(client: ClientBase): Promise<boolean> {
  return (await holders(client)).length > 0
}

async function waitingMessage(client: ClientBase, timeoutMs: number): Promise<string> {
  return `Another migration works on this database (${await holder(client)}). Waiting for it to end, at most ${timeoutMs} ms in all (MIGRATE_LOCK_TIMEOUT_MS).`
}

async function deadlineMessage(client: ClientBase, timeoutMs: number): Promise<string> {
  return (
    `expected the other migration of this database to end within ${timeoutMs} ms (MIGRATE_LOCK_TIMEOUT_MS), but it still works (${await holder(client)}). ` +
    "Nothing was changed. Run the same command again when it has ended, or with a longer MIGRATE_LOCK_TIMEOUT_MS; " +
    "a session that hangs is ended with SELECT pg_terminate_backend(<its process>)."
  )
}

async function holder(client: ClientBase): Promise<string> {
  const [first] = await holders(client)
  return first ? `PostgreSQL process ${first.pid}, since ${first.since}` : "it has just ended"
}

async function holders(client: ClientBase): Promise<{ pid: number; since: string }[]> {
  const { rows } = await client.query<{ pid: number; since: string }>(
    `SELECT pid, to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
       FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    key,
  )
  return rows
}
