import type { Facts } from "../pipeline/facts.js"
import type { Logs } from "./logs.js"
import type { Databases } from "./postgres/databases.js"
import type { Scratch } from "./reaper/scratch.js"
import type { Redactor } from "./redact.js"
import type { Reporter } from "./report/reporter.js"

/** What the stages of one run share. */
export interface RunContext {
  readonly scratch: Scratch
  readonly redactor: Redactor
  readonly logs: Logs
  readonly reporter: Reporter
  readonly databases: Databases
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
  /** Where the platform is to listen; `0` for any free port. */
  readonly ports: { readonly client: string; readonly server: string }
  /** What is known so far; stages add to it. */
  readonly facts: Facts
  /** Set once the platform runs; settled when its server ends, with how. */
  platformEnded?: Promise<string>
}
