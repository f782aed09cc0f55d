import type { Client, ClientBase } from "pg"
import { connected } from "./connection.js"
import { abandonRunning } from "./deployments.js"
import { eraseHolder, writeHolder, writeStep, type Holder } from "./lock-holder.js"
import { watched, type Watch } from "./lock-loss.js"
import { acquire, type Waiting } from "./lock-wait.js"
import { prepare } from "./prepare.js"

/** The right to change an environment, held by one program at a time. */
export interface Lock {
  /** The connection that holds it. */
  readonly client: ClientBase
  /** Deployments whose program ended without saying how, found when the lock was taken. */
  readonly abandoned: readonly number[]
  /** Aborted, with a LockLost, when the connection is lost: somebody else may then hold the lock. */
  readonly lost: AbortSignal
  /** Lets those who wait know what is being done. */
  step(name: string): Promise<void>
  /** Gives it back and ends the connection. A second time is no error, nor is a connection that is lost. */
  release(): Promise<void>
}

/** For whom the lock is taken, and how it is waited for. */
export interface LockOptions extends Waiting {
  readonly holder: Holder
}

/**
 * Takes the lock of an environment: an advisory lock of PostgreSQL, on a connection of its own in the environment's
 * database. It ends with the connection, so a killed program leaves none behind. Brings the schema `delivery` up to date
 * and closes the books of deployments that are still said to run.
 * @param url of the environment's database, past any pooler that gives each transaction another connection
 * @throws LockHeld when it was not free in time; the signal's reason
 * @example await takeLock(url, { holder: { who: "ada", host: "laptop" }, waitMs: 0, say, signal })
 */
export async function takeLock(url: string, { holder, ...waiting }: LockOptions): Promise<Lock> {
  const client = await connected(url)
  const watch = watched(client)
  try {
    await prepare(client)
    await acquire(client, waiting)
    const abandoned = await abandonRunning(client)
    await writeHolder(client, holder)
    return lock(client, watch, abandoned)
  } catch (error) {
    await end(client, watch)
    throw error
  }
}

function lock(client: Client, watch: Watch, abandoned: readonly number[]): Lock {
  return {
    client,
    abandoned,
    lost: watch.lost,
    step: (name) => writeStep(client, name),
    release: async () => {
      // The lock goes with the connection; a row that is left behind is not believed.
      await eraseHolder(client).catch(() => undefined)
      await end(client, watch)
    },
  }
}

async function end(client: Client, watch: Watch): Promise<void> {
  watch.giveUp()
  await client.end().catch(() => undefined)
}
