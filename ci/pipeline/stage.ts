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
  /** The database that an executor has to have ready: one to make test databases in, or the platform's own. */
  readonly database?: "tests" | "platform"
  /** After this many seconds it is ended and has failed. */
  readonly timeoutSeconds: number
  /** The command that repeats it alone. */
  readonly repeat: string
}
