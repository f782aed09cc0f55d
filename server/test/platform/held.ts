import { Client } from "pg"
import { onTestFinished } from "vitest"

/**
 * Runs a statement that locks something and keeps its transaction open.
 * @returns Lets go; the end of the test does so, too.
 */
export async function held(url: string, statement: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  let isOpen = true
  const release = async () => {
    if (isOpen) await client.end()
    isOpen = false
  }
  onTestFinished(release)
  await client.query("BEGIN")
  await client.query(statement)
  return release
}

/** Whether a statement of the database waits for a lock. */
export const WAITING =
  "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
