import { hostname } from "node:os"
import type { DataContext } from "../../data/context.js"
import { takeClaimedLock } from "../../environment/database/claimed-lock.js"
import { dataContext } from "../data-context.js"
import { caller } from "./caller.js"
import type { Opened } from "./program.js"

/** How long a program of the data waits for a deploy to end. */
const WAIT_MS = 60_000

/** Runs an action on an environment's data that must not meet a deploy. Its signal is aborted, too, when the lock is lost. */
export async function withLock<Result>(
  { settings, target, say, signal }: Omit<Opened<unknown>, "options">,
  action: (context: DataContext, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const holder = { who: caller({}), host: hostname() }
  const options = { holder, waitMs: WAIT_MS, say, signal }
  const lock = await takeClaimedLock(target.databaseUrl, settings.environment, options)
  try {
    const context = dataContext({ settings, target, lock, say })
    return await action(context, AbortSignal.any([signal, lock.lost]))
  } finally {
    await lock.release()
  }
}
