import { setTimeout as sleep } from "node:timers/promises"
import { answer } from "./answer.js"
import type { Connection } from "./control/connection.js"

/** How long held requests wait at most for a server to come to terms with its database. */
const SETTLING_MS = 2_000
const HOLD_TRIES = 3
const HOLD_PAUSE_MS = 1_000

/** See `Target.holding`. */
export async function holding<Result>(
  connection: Connection,
  action: () => Promise<Result>,
): Promise<Result> {
  await held(connection)
  try {
    return await action()
  } finally {
    await settled(connection)
    await connection.call("release", {})
  }
}

/** A request that ends late may only have been met in a bad moment. */
async function held(connection: Connection): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await connection.call("hold", {})
      return
    } catch (error) {
      if (attempt === HOLD_TRIES) throw error
      await sleep(HOLD_PAUSE_MS)
    }
}

/**
 * Waits until the server that serves has noticed what became of its database connections: it answers a question that needs
 * one. On a busy machine it would else meet the requests that were held with a connection that is gone.
 */
async function settled(connection: Connection): Promise<void> {
  const instance = await connection.call("serving", {})
  if (!instance) return
  const port = await connection.call("where", { instance })
  for (const deadline = Date.now() + SETTLING_MS; Date.now() < deadline;) {
    const signal = AbortSignal.timeout(SETTLING_MS)
    const ready = await answer(`http://127.0.0.1:${port}/readyz`, signal).catch(() => undefined)
    if (ready?.status === 200) return
  }
}
