import { z } from "zod"
import { worst, type FunctionResult, type Outcome, type StageResult } from "../pipeline/outcome.js"

/** A line of the module's summary: state, stage, the reason of one that was skipped; Dagger ends an error with its trace. */
const STAGE = /(passed|failed|skipped|error) {2,}([a-z][\w-]*)(?:: (.*?))?(?: \[traceparent:\S+\])?$/gm

/** A call of `dagger` that has ended. */
export interface EndedCall {
  readonly name: string
  readonly seconds: number
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What `--json` prints of a call in Dagger: its stages are read out of the summary that the module prints. */
export function resultOf({ name, seconds, exitCode, stdout, stderr }: EndedCall): FunctionResult {
  const stages = stagesIn(exitCode === 0 ? stdout : stderr)
  const states = stages.map(({ state }) => state)
  const outcome = exitCode === 0 ? worst([...states, "passed"]) : "failed"
  return { function: name, executor: "dagger", outcome, seconds, stages, result: documentIn(stdout) }
}

function stagesIn(text: string): StageResult[] {
  const found = [...text.matchAll(STAGE)].map(([, state, name = "", reason = ""]) => ({
    ...{ name, state: state as Outcome, seconds: 0 },
    reason: reason || (state === "passed" ? "" : "its output is above"),
  }))
  return [...new Map(found.map((stage) => [stage.name, stage])).values()]
}

/** What a function printed, when that is a document. */
function documentIn(stdout: string): FunctionResult["result"] {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(stdout))
  } catch {
    return null
  }
}
