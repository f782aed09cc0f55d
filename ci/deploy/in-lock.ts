import { hostname } from "node:os"
import { takeClaimedLock } from "../environment/database/claimed-lock.js"
import type { Lock } from "../environment/database/lock.js"
import type { Ending } from "./ending.js"
import { below, type Request } from "./request.js"
import { described } from "./result.js"
import type { Teller } from "./teller.js"

/**
 * Runs an action between the steps `lock` and `unlock`. When the lock can't be had, the database is another environment's,
 * or there is no release to be had, nothing has begun: that is an ending, not an error.
 */
export async function inLock(
  request: Request,
  teller: Teller,
  action: (lock: Lock) => Promise<Ending>,
): Promise<Ending> {
  let lock: Lock | undefined
  try {
    await teller.step("lock", async (signal) => {
      const own = await taken(request, signal)
      // Nobody waits for it any more, nor gives it back.
      if (signal.aborted) await own.release()
      signal.throwIfAborted()
      lock = own
      return lock.abandoned.map((id) => `deployment ${id} had ended without a word`).join(", ")
    })
    if (!lock) throw new Error("expected the lock to have been taken")
    return await action(lock)
  } catch (error) {
    // A fault of our own may come after something was changed, and is to be seen whole.
    if (error instanceof TypeError || error instanceof ReferenceError) throw error
    return await refused(request, error, lock ? null : "lock")
  } finally {
    const held = lock
    if (held) await teller.step("unlock", () => held.release().then(() => "")).catch(() => undefined)
  }
}

function taken({ target, settings, by, waitMs, say }: Request, signal: AbortSignal): Promise<Lock> {
  const holder = { who: by, host: hostname() }
  return takeClaimedLock(target.databaseUrl, settings.environment, {
    ...{ holder, waitMs, signal },
    say: below(say),
  })
}

async function refused({ target }: Request, error: unknown, failedStep: "lock" | null): Promise<Ending> {
  const reason = error instanceof Error ? error.message : String(error)
  const serving = described(await target.serving().catch(() => undefined))
  return {
    outcome: "refused",
    commit: "",
    version: "",
    failedStep,
    reason,
    serving,
    fingerprints: [],
  }
}
