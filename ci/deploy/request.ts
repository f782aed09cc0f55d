import type { ClientBase } from "pg"
import type { Settings } from "../environment/settings/settings.js"
import type { Instance, Order, Target } from "../targets/target.js"
import type { Listener } from "./teller.js"
import type { Work } from "./work.js"

/** What is asked of a deploy or a rollback. */
export interface Request {
  readonly kind: Work["kind"]
  readonly settings: Settings
  readonly target: Target
  /** What is to serve; a rollback finds it in the history. */
  readonly order: (client: ClientBase, before: Instance | undefined) => Promise<Order>
  /** How long to wait for another deploy to end. */
  readonly waitMs: number
  readonly allowBreaking: boolean
  /** The flags by which the same is asked for again, beside environment, settings and release. */
  readonly again: readonly string[]
  /** Who asks. */
  readonly by: string
  readonly listener: Listener
  readonly say: (line: string) => void
  /** Ends it early; what was begun is then taken back. */
  readonly signal: AbortSignal
}

/** What is said while a step runs stands below it. */
export const below = (say: Request["say"]) => (line: string) => say(`      ${line}`)
