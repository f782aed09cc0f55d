import type { Colors } from "picocolors/types.js"
import type { FunctionResult, Outcome, StageResult } from "../pipeline/outcome.js"

/** The mark and colour of each outcome. */
export function mark(state: Outcome, colors: Colors): string {
  switch (state) {
    case "passed":
      return colors.green("✔")
    case "failed":
      return colors.red("✖")
    case "skipped":
      return colors.yellow("○")
    case "error":
      return colors.magenta("!")
  }
}

/** Seconds as people read them: `8.1 s`, `2 min 05 s`, and nothing for what did not run. */
export function duration(seconds: number): string {
  if (seconds === 0) return ""
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`
}

/** The table at the end of a run: stage, state, time, reason; then one line for the whole. */
export function table({ stages, outcome, seconds, ...called }: FunctionResult, colors: Colors): string {
  const widths = {
    name: Math.max(5, ...stages.map(({ name }) => name.length)),
    time: Math.max(4, ...stages.map((stage) => duration(stage.seconds).length)),
  }
  const row = (stage: StageResult) =>
    [
      mark(stage.state, colors),
      stage.name.padEnd(widths.name),
      stage.state.padEnd(7),
      colors.dim(duration(stage.seconds).padStart(widths.time)),
      stage.reason,
    ]
      .join("  ")
      .trimEnd()
  const head = `   ${"stage".padEnd(widths.name)}  ${"state".padEnd(7)}  ${"time".padStart(widths.time)}  reason`
  const whole = `${mark(outcome, colors)}  ${called.function} ${outcome} in ${duration(seconds)}`
  return ["", colors.dim(head), ...stages.map(row), "", colors.bold(whole)].join("\n")
}
