import { claim } from "./environment.js"
import type { LockOptions } from "./lock-session.js"
import { takeLock, type Lock } from "./lock.js"

/**
 * Takes the lock of an environment whose database is its own.
 * @throws EnvironmentMismatch, and what `takeLock` throws; the lock is then free
 */
export async function takeClaimedLock(url: string, environment: string, options: LockOptions): Promise<Lock> {
  const lock = await takeLock(url, options)
  try {
    await claim(lock.client, environment)
    return lock
  } catch (error) {
    await lock.release()
    throw error
  }
}
