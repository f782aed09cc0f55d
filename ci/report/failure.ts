import { join } from "node:path"
import type { Colors } from "picocolors/types.js"
import type { StageResult } from "../pipeline/outcome.js"
import type { Stage } from "../pipeline/stage.js"
import { findings } from "./findings/findings.js"

const SHOWN_LINES = 120
const SHOWN_PLACES = 8

interface Ended {
  readonly stage: Stage
  readonly result: StageResult
  readonly output: readonly string[]
  /** Where its log file is; `undefined` when there is none. */
  readonly logs: string | undefined
}

/** What a person needs of a stage that did not pass: its output, the place, and how to repeat it alone. */
export function failure({ stage, result, output, logs }: Ended, colors: Colors): string {
  const shown = output.slice(-SHOWN_LINES)
  const log = logs && join(logs, `${stage.name}.log`)
  const left = output.length - shown.length
  const cut = left > 0 ? [colors.dim(`… ${left} lines before these${log ? ` are in ${log}` : ""}`)] : []
  const places = [...new Set(findings(output).flatMap(({ place }) => place ?? []))].slice(0, SHOWN_PLACES)
  const fact = (name: string, value: string | undefined) =>
    value ? [`${colors.dim(name.padEnd(8))}${value}`] : []
  return [
    "",
    colors.red(colors.bold(`── ${stage.name} ${result.state} `.padEnd(60, "─"))),
    ...cut,
    ...shown,
    colors.dim("─".repeat(60)),
    ...fact("reason", result.reason),
    ...places.flatMap((place, index) => fact(index === 0 ? "where" : "", place)),
    ...fact("repeat", stage.repeat),
    ...fact("log", output.length > 0 ? log : undefined),
    "",
  ].join("\n")
}
