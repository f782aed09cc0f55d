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
  { options: { by }, settings, target, say, signal }: Opened<{ readonly by?: string | undefined }>,
  action: (context: DataContext, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const holder = { who: caller({ by }), host: hostname() }
  const lockOptions = { holder, waitMs: WAIT_MS, say, signal }
  const lock = await takeClaimedLock(target.databaseUrl, settings.environment, lockOptions)
  try {
    const context = dataContext({ settings, target, lock, say })
    return await action(context, AbortSignal.any([signal, lock.lost]))
  } finally {
    await lock.release()
  }
}
