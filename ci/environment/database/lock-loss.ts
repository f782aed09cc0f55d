import type { Client } from "pg"

/** The connection that held the lock is gone, and the lock with it. */
export class LockLost extends Error {
  constructor(cause?: Error) {
    const received = cause ? `it broke: ${cause.message}` : "the server ended it"
    super(
      `expected to keep the connection that holds the environment's lock, but ${received}. Somebody else may change ` +
        "the environment now; run the same command again: it goes on from what it finds.",
      { cause },
    )
  }
}

/** Tells when a connection is lost that was not given up. */
export interface Watch {
  /** Aborted with a LockLost. */
  readonly lost: AbortSignal
  /** From now on its end is no loss. */
  giveUp(): void
}

/** Watches the connection that holds the lock. */
export function watched(client: Client): Watch {
  const controller = new AbortController()
  let isGivenUp = false
  const lose = (cause?: Error) => {
    if (!isGivenUp) controller.abort(new LockLost(cause))
  }
  // Without the first listener a broken connection would end the whole program.
  client.on("error", lose)
  client.on("end", () => {
    lose()
  })
  const giveUp = () => {
    isGivenUp = true
  }
  return { lost: controller.signal, giveUp }
}
