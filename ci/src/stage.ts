import type { Container } from "@dagger.io/dagger"
import { outcomeOf, type Outcome } from "../pipeline/outcome.js"
import type { Stage } from "../pipeline/stage.js"
import { keeping, withEvidence } from "./evidence.js"
import { withPostgres } from "./postgres.js"
import { generated, workspace, type Sources } from "./trees.js"
import { uncached } from "./uncached.js"

/** A stage that has ended. */
export interface Ended {
  readonly stage: Stage
  readonly state: Outcome
  /** What it printed when it did not pass. */
  readonly output: string
}

/** Runs a stage in a container of its own. Never rejects. */
export async function runStage(stage: Stage, sources: Sources): Promise<Ended> {
  try {
    await execution(stage, sources)
    return { stage, state: "passed", output: "" }
  } catch (error) {
    if (!isExecFailure(error)) return { stage, state: "error", output: String(error) }
    return { stage, state: outcomeOf(error.exitCode), output: `${error.stdout}\n${error.stderr}`.trim() }
  }
}

async function execution(stage: Stage, sources: Sources): Promise<unknown> {
  if (stage.name === "generate") return generated(sources).sync()
  return (await executed(stage, sources)).sync()
}

/** The container in which a stage has run. */
export async function executed(stage: Stage, sources: Sources): Promise<Container> {
  return (await prepared(stage, sources)).withExec(keeping(stage, command(stage)))
}

async function prepared(stage: Stage, sources: Sources): Promise<Container> {
  const { reads = "tree" } = stage
  const container = await withEvidence(workspace(sources, reads), sources, reads)
  // What is known of vulnerabilities changes while the tree does not.
  if (stage.name === "audit-dependencies") return uncached(container)
  if (stage.database !== "tests") return container
  const { container: bound, url } = withPostgres(container)
  return bound.withEnvVariable("DATABASE_URL", url)
}

/** The npm script of a stage, ended when its time is up. */
export function command({ runs, timeoutSeconds }: Stage, args: readonly string[] = []): string[] {
  if (runs === "platform") throw new Error("the platform is started on the host only")
  const script = ["npm", "run", "--silent", runs.script, ...(args.length > 0 ? ["--", ...args] : [])]
  return ["timeout", "--kill-after=10", `${timeoutSeconds}`, ...script]
}

/** `ExecError` is not among what a module can import; it is known by what it has. */
export function isExecFailure(
  error: unknown,
): error is Error & { exitCode: number; stdout: string; stderr: string } {
  return error instanceof Error && "exitCode" in error && "stdout" in error && "stderr" in error
}
