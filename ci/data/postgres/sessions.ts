import { setTimeout as sleep } from "node:timers/promises"
import type { Client } from "pg"
import { IN_USE, sqlState } from "./connection.js"
import { maintaining } from "./maintenance.js"

const EVERY_MS = 25
const ATTEMPTS = 3
const ENDED_WITHIN_MS = 5_000

/**
 * Does what PostgreSQL does only to a database that nobody is connected to: copies or renames it. Ends its sessions
 * over and over until that is done; from the moment at which PostgreSQL begins, it lets nobody in by itself. Connections
 * are never forbidden, so a killed run leaves no closed database.
 * @param databases whose sessions end
 * @param action tried again when somebody was quicker
 */
export async function withoutSessions(
  url: string,
  databases: readonly string[],
  action: (maintenance: Client) => Promise<unknown>,
): Promise<void> {
  await maintaining(url, (maintenance) =>
    maintaining(url, async (ending) => {
      await endSessions(ending, databases)
      const over = new AbortController()
      const done = attempts(() => action(maintenance)).finally(() => {
        over.abort()
      })
      await Promise.all([done, endSessionsUntil(over.signal, ending, databases)])
    }),
  )
}

async function endSessionsUntil(over: AbortSignal, ending: Client, databases: readonly string[]) {
  while (!over.aborted) {
    await endSessions(ending, databases)
    await sleep(EVERY_MS, undefined, { signal: over }).catch(() => undefined)
  }
}

async function attempts(action: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await action()
      return
    } catch (error) {
      if (attempt === ATTEMPTS || sqlState(error) !== IN_USE) throw error
    }
}

/**
 * Those of a role: autovacuum has none, makes way by itself, and an ordinary account may not end it. Waits until they have
 * ended, so that none is still there, about to end, when others are let in again.
 */
const endSessions = (client: Client, databases: readonly string[]) =>
  client.query(
    `SELECT pg_terminate_backend(pid, ${ENDED_WITHIN_MS}) FROM pg_stat_activity
      WHERE datname = ANY($1) AND usesysid IS NOT NULL`,
    [databases],
  )
