import { readFile } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { z } from "zod"
import type { Facts } from "../pipeline/facts.js"
import { worst, type FunctionResult, type StageResult } from "../pipeline/outcome.js"
import type { Stage } from "../pipeline/stage.js"
import { openLogs } from "./logs.js"
import { secretValues } from "../environment/settings/secret-values.js"
import { databases } from "./postgres/databases.js"
import { scratch } from "./reaper/scratch.js"
import { redactor } from "./redact.js"
import type { Reporter } from "./report/reporter.js"
import type { RunContext } from "./run-context.js"
import { schedule } from "./schedule.js"
import { runStage } from "./stage.js"

/** What a function is called with. */
export interface Call {
  readonly name: string
  readonly stages: readonly Stage[]
  readonly facts: Facts
  readonly ports?: RunContext["ports"]
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
  reporter(logs: string | undefined): Reporter
  /** Called once every stage has passed and before anything is taken away: what `up` stays for. */
  stay?(context: RunContext): Promise<FunctionResult["result"]>
}

const ANY_PORTS = { client: "0", server: "0" }

/** Runs a function on this machine, and leaves nothing but its log files and what its stages built. */
export async function run(call: Call): Promise<FunctionResult> {
  const started = performance.now()
  const own = scratch()
  try {
    const context = contextOf(call, own)
    const stages = await schedule(call.stages, {
      slots: availableParallelism(),
      signal: call.signal,
      execute: (stage) => runStage(stage, context),
      skipped: (result) => skipped(call, context, result),
    })
    const outcome = worst(stages.map(({ state }) => state))
    const result = await resultOf(call, context, outcome === "passed")
    const seconds = Math.round(performance.now() - started) / 1000
    const whole: FunctionResult = { function: call.name, executor: "host", outcome, seconds, stages, result }
    context.reporter.finished(whole)
    return whole
  } finally {
    await own.clear()
  }
}

/** What the platform is up for, or what a stage wrote down: a deploy does so when it was taken back, too. */
async function resultOf(call: Call, context: RunContext, isGood: boolean): Promise<FunctionResult["result"]> {
  if (call.stay) return isGood ? call.stay(context) : null
  const text = await readFile(resultFile(context), "utf8").catch(() => "null")
  return z.record(z.string(), z.unknown()).nullable().parse(JSON.parse(text))
}

const resultFile = ({ scratch }: Pick<RunContext, "scratch">) => join(scratch.folder, "result.json")

function contextOf(call: Call, own: RunContext["scratch"]): RunContext {
  const secrets = redactor(process.env)
  for (const secret of secretValues(call.facts.settings ?? "")) secrets.learn(secret)
  const testDatabaseUrl = process.env["TEST_DATABASE_URL"]
  const logs = openLogs(call.name, new Date())
  const reporter = call.reporter(logs.folder)
  if (logs.problem) reporter.notice(`no log files are written: ${logs.problem}`)
  return {
    scratch: own,
    redactor: secrets,
    logs,
    reporter,
    databases: databases({ scratch: own, redactor: secrets, testDatabaseUrl }),
    signal: call.signal,
    ports: call.ports ?? ANY_PORTS,
    facts: { ...call.facts, resultFile: resultFile({ scratch: own }) },
  }
}

function skipped(call: Call, { reporter }: RunContext, result: StageResult): void {
  const stage = call.stages.find(({ name }) => name === result.name)
  if (stage) reporter.ended(stage, result, [])
}
