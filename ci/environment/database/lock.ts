import type { ClientBase } from "pg"
import { abandonRunning } from "./deployments.js"
import { eraseHolder, writeHolder, writeStep } from "./lock-holder.js"
import { reserved } from "./reservation.js"
import { openSession, type LockOptions, type Session } from "./lock-session.js"

/** The right to change an environment, held by one program at a time. */
export interface Lock {
  /** The connection that holds it: another one after `beside`. */
  readonly client: ClientBase
  /** Deployments whose program ended without saying how, found when the lock was taken. */
  readonly abandoned: readonly number[]
  /** Aborted, with a LockLost, when the connection is lost: somebody else may then hold the lock. */
  readonly lost: AbortSignal
  /** Lets those who wait know what is being done. */
  step(name: string): Promise<void>
  /**
   * Runs an action while this program has no session in the database, and takes the lock again right after it.
   * @throws LockHeld when somebody else took it meanwhile; `lost` is then aborted, too
   */
  beside<Result>(action: () => Promise<Result>): Promise<Result>
  /** Gives it back and ends the connection. A second time is no error, nor is a connection that is lost. */
  release(): Promise<void>
}

/**
 * Takes the lock of an environment: an advisory lock of PostgreSQL, on a connection of its own in the environment's
 * database. It ends with the connection, so a killed program leaves none behind. Brings the schema `delivery` up to date
 * and closes the books of deployments that are still said to run.
 * @param url of the environment's database, past any pooler that gives each transaction another connection
 * @throws LockHeld when it was not free in time; the signal's reason
 * @example await takeLock(url, { holder: { who: "ada", host: "laptop" }, waitMs: 0, say, signal })
 */
export async function takeLock(url: string, options: LockOptions): Promise<Lock> {
  const lost = new AbortController()
  const session = await openSession(url, options, lost)
  try {
    const abandoned = await abandonRunning(session.client)
    await writeHolder(session.client, options.holder)
    return lock({ url, options, lost, session, abandoned })
  } catch (error) {
    await session.end()
    throw error
  }
}

interface Taken {
  readonly url: string
  readonly options: LockOptions
  readonly lost: AbortController
  readonly abandoned: readonly number[]
  session: Session
  /** Given back for good, also by somebody who does not wait for what is done beside it. */
  isOver?: boolean
}

function lock(taken: Taken): Lock {
  const release = async () => {
    // The lock goes with the connection; a row that is left behind is not believed.
    await eraseHolder(taken.session.client).catch(() => undefined)
    await taken.session.end()
  }
  return {
    get client() {
      return taken.session.client
    },
    abandoned: taken.abandoned,
    lost: taken.lost.signal,
    step: (name) => writeStep(taken.session.client, name),
    beside: async (action) => {
      taken.lost.signal.throwIfAborted()
      return reserved(taken.url, async () => {
        await release()
        return action().finally(() => takeAgain(taken))
      })
    },
    release: () => {
      taken.isOver = true
      return release()
    },
  }
}

/** Who waits has it for a moment, until it sees that it is reserved. */
const TAKEN_AGAIN_MS = 5_000

async function takeAgain(taken: Taken): Promise<void> {
  try {
    taken.session = await openSession(
      taken.url,
      { ...taken.options, waitMs: TAKEN_AGAIN_MS, isOwner: true },
      taken.lost,
    )
    if (taken.isOver) await taken.session.end()
    else await writeHolder(taken.session.client, taken.options.holder)
  } catch (error) {
    taken.lost.abort(error)
    throw error
  }
}
