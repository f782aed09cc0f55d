import type { Common } from "../environment/settings/settings.js"
import type { Target } from "../targets/target.js"

/** The environment whose data is meant, and how to reach it. */
export interface DataContext {
  readonly settings: Common
  readonly target: Pick<Target, "name" | "databaseUrl" | "postgres" | "holding">
  /** `postgresql://` URL of the database, as the environment's server reaches it: for programs of the target. */
  readonly databaseUrlForServer: string
  /** The last part of a backup's name, such as a short commit; `manual` when not set. */
  readonly label?: string
  /**
   * Runs an action while the caller has no session in the environment's database: PostgreSQL copies and renames none
   * that has one, and a session that stays is ended. Not needed by a caller without a session.
   */
  beside?<Result>(action: () => Promise<Result>): Promise<Result>
  /** Told of what a person should know, a line at a time; without secrets. */
  say(line: string): void
}
