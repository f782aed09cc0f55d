/**
 * - `server`, `client`: one package and the settings that all share
 * - `tree`: every file of the checkout
 * - `history`: every file, and what git knows of the commits
 */
export type Reads = "server" | "client" | "tree" | "history"

/** One package's share of a stage. */
export interface Part extends Pick<Stage, "reads" | "repeat" | "database"> {
  readonly name: string
  readonly script: string
}

/** A stage: one npm script, and what an executor has to put around it. */
export interface Stage {
  readonly name: string
  /** What it finds out or makes, for `list` and `--help`. */
  readonly summary: string
  /** What runs: an npm script of the root, or the platform, which is started and stays until the run ends. */
  readonly runs: { readonly script: string } | "platform"
  /** Arguments after the script's own; see `facts.ts` for what stands in braces. */
  readonly args?: readonly string[]
  /** Environment variables; see `facts.ts` for what stands in braces. */
  readonly environment?: Readonly<Record<string, string>>
  /** Variables of the caller that this stage may see beside those of `environment.ts`. */
  readonly inputs?: readonly string[]
  /** Stages that must have passed before, when they are part of the same function. */
  readonly needs?: readonly string[]
  /** What it reads, the whole tree when not said; an executor with layers gives it that much and no more. */
  readonly reads?: Reads
  /** What it consists of, each a stage of its own for an executor that gains by it. */
  readonly parts?: readonly Part[]
  /** The database that an executor has to have ready: one to make test databases in, or the platform's own. */
  readonly database?: "tests" | "platform" | "none"
  /** Its output is for people as it comes, and its exit code is the function's own. */
  readonly speaks?: true
  /** After this many seconds it is ended and has failed. */
  readonly timeoutSeconds: number
  /** How many seconds it has to clean up when it is asked to end; 10 when not said. */
  readonly graceSeconds?: number
  /** The command that repeats it alone. */
  readonly repeat: string
}
