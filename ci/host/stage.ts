import { join } from "node:path"
import { allowed } from "../pipeline/environment.js"
import { filledArguments, filledEnvironment } from "../pipeline/facts.js"
import { exitCodeOf, outcomeOf, type StageResult } from "../pipeline/outcome.js"
import type { Stage } from "../pipeline/stage.js"
import { runCommand, type Ending } from "./command.js"
import { startPlatform } from "./platform/platform.js"
import { reasonOf } from "../report/reason.js"
import type { RunContext } from "./run-context.js"
import { StageFailure } from "./stage-failure.js"

const KEPT_LINES = 5_000

type Verdict = Pick<StageResult, "state" | "reason" | "exitCode">

/** Runs one stage, from the database it needs to its result, and reports both ends. Never rejects. */
export async function runStage(stage: Stage, context: RunContext): Promise<StageResult> {
  const started = performance.now()
  const output: string[] = []
  const line = (text: string) => {
    output.push(text)
    if (output.length > KEPT_LINES) output.shift()
    context.logs.write(stage.name, text)
    context.reporter.line(stage, text)
  }
  context.reporter.started(stage)
  const verdict = await judged(stage, context, line).catch((error: unknown) => {
    const { state, reason, details } = couldNotRun(error)
    details.forEach((text) => line(context.redactor.redact(text)))
    return { state, reason }
  })
  const seconds = Math.round(performance.now() - started) / 1000
  const reason = context.redactor.redact(verdict.reason || reasonOf(verdict.state, output))
  const result = { name: stage.name, seconds, ...verdict, reason }
  context.logs.ended(stage.name, exitCodeOf(result.state))
  context.reporter.ended(stage, result, output)
  return result
}

/** The first line of an error is the reason; those below it are for the stage's output. */
function couldNotRun(error: unknown): Verdict & { readonly details: readonly string[] } {
  const message = error instanceof Error ? error.message : String(error)
  // The server's last lines are in the output already.
  if (error instanceof StageFailure) return { state: "failed", reason: message, details: [] }
  const [reason = "", ...details] = message.split("\n")
  return { state: "error", reason, details }
}

async function judged(stage: Stage, context: RunContext, line: (text: string) => void): Promise<Verdict> {
  await prepareDatabase(stage, context)
  if (stage.runs === "platform") return startPlatform(stage, context, line)
  const args = filledArguments(stage.args ?? [], context.facts)
  const argv = ["npm", "run", "--silent", stage.runs.script, ...(args.length > 0 ? ["--", ...args] : [])]
  const environment = stageEnvironment(stage, context)
  const { timeoutSeconds, graceSeconds } = stage
  const ending = await runCommand({ argv, environment, timeoutSeconds, graceSeconds, line }, context)
  return verdictOf(ending, stage)
}

async function prepareDatabase({ database }: Stage, { databases, facts }: RunContext): Promise<void> {
  if (database === "tests") facts.testDatabaseUrl ??= await databases.tests()
  if (database === "platform") facts.databaseUrl ??= await databases.platform()
}

/** Everything a stage's process may see. */
export function stageEnvironment(stage: Stage, { facts, scratch }: RunContext): Record<string, string> {
  return {
    // Log files and pipes take plain text; some tools colour whatever runs under CI.
    ...(process.env["FORCE_COLOR"] ? {} : { NO_COLOR: "1" }),
    ...allowed(process.env, stage.inputs),
    ...filledEnvironment(stage.environment ?? {}, facts),
    TMPDIR: join(scratch.folder, "tmp"),
  }
}

function verdictOf(ending: Ending, { timeoutSeconds, speaks }: Stage): Verdict {
  switch (ending.kind) {
    case "exit":
      return { state: outcomeOf(ending.code), reason: "", ...(speaks && { exitCode: ending.code }) }
    case "signal":
      return { state: "failed", reason: `ended by ${ending.name}` }
    case "timeout":
      return { state: "failed", reason: `not done after ${timeoutSeconds} s, and ended` }
    case "interrupted":
      return { state: "error", reason: "interrupted" }
    case "not started":
      return { state: "error", reason: ending.reason }
  }
}
