import type { Settings } from "../environment/settings/settings.js"
import type { Lock } from "../environment/database/lock.js"
import type { Instance, Order, Switched, Target } from "../targets/target.js"

/** What the steps of one deploy know and leave behind for those that follow. */
export interface Work {
  readonly settings: Settings
  readonly target: Target
  /** What is to serve. */
  readonly order: Order
  readonly kind: "deploy" | "rollback"
  /** What serves while the deploy begins; undefined when nothing does. */
  readonly before: Instance | undefined
  /** Lets migrations through that the serving version can't live with. */
  readonly allowBreaking: boolean
  /** Held from the first step to the last; its connection is the one to the environment's database. */
  readonly lock: Lock
  /** Takes a line for people; secrets are taken out. */
  readonly say: (line: string) => void

  /** The migrations that are to be applied, by name. */
  pending: readonly string[]
  /** What was started, as soon as it may have been. */
  started?: Instance
  /** Whether a key for the smoke test was asked for, which is then revoked at the end. */
  hasAskedForKey: boolean
  /** An API key for the smoke test, as soon as it was made. */
  sandboxKey?: string
  /** The switch, until it is kept. */
  switched?: Switched
  /** The switch is being kept, or was: settled when it is known how that went. */
  keeping?: Promise<void>
  /** Whether anything outside has been changed. */
  hasChanged: boolean
  /** What served before is seen to serve again. */
  isBack?: boolean
  /** The smoke test has passed and the switch is kept: from here on nothing is taken back. */
  isProven: boolean
}

/** What is expected to go wrong with a deploy; the message says what was expected, what was found and what to do. */
export class DeployFailure extends Error {}
