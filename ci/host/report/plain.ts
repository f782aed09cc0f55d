import { createColors } from "picocolors"
import { isRed } from "../../pipeline/outcome.js"
import type { Reporter } from "./reporter.js"
import { failure } from "../../report/failure.js"
import { beginningStep } from "./speech.js"
import { duration, mark, table } from "../../report/table.js"

/** A stream that text is written to. */
export type Output = Pick<NodeJS.WriteStream, "write">

/** Plain lines, for logs and pipes: one when a stage begins, one when it ends, and all of a failed stage's output. */
export function plainReporter(output: Output, logs: string | undefined): Reporter {
  const colors = createColors(false)
  const print = (text: string) => void output.write(`${text}\n`)
  return {
    started: (stage) => {
      if (!stage.speaks) print(`▶  ${stage.name}: ${stage.summary}`)
    },
    line: (stage, text) => {
      if (stage.speaks && beginningStep(text) === undefined) print(text)
    },
    ended: (stage, result, lines) => {
      if (stage.speaks && result.exitCode !== undefined) return
      const words = [
        mark(result.state, colors),
        stage.name,
        result.state,
        duration(result.seconds),
        result.reason,
      ]
      print(words.filter(Boolean).join("  "))
      if (isRed(result.state)) print(failure({ stage, result, output: lines, logs }, colors))
    },
    notice: print,
    finished: (result) => {
      if (result.stages.every(({ exitCode }) => exitCode === undefined)) print(table(result, colors))
    },
  }
}
