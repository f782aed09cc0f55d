import type { DataContext } from "../data/context.js"
import type { Lock } from "../environment/database/lock.js"
import type { Settings } from "../environment/settings/settings.js"
import type { Target } from "../targets/target.js"

/** Who has to do with an environment's data while it holds the lock. */
export interface Holder {
  readonly settings: Settings
  readonly target: Target
  readonly lock: Pick<Lock, "beside">
  readonly say: (line: string) => void
}

/** What `ci/data` works with, in the environment whose lock is held. */
export function dataContext({ settings, target, lock, say }: Holder): DataContext {
  return {
    settings,
    target,
    say,
    databaseUrlForServer: "DATABASE_URL" in settings ? settings.DATABASE_URL : target.databaseUrl,
    beside: (action) => lock.beside(action),
  }
}
