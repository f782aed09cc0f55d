import { stripVTControlCharacters } from "node:util"
import { createLogUpdate } from "log-update"
import { createColors } from "picocolors"
import { isRed, type StageResult } from "../../pipeline/outcome.js"
import type { Stage } from "../../pipeline/stage.js"
import { failure } from "../../report/failure.js"
import type { Reporter } from "./reporter.js"
import { beginningStep, painted } from "./speech.js"
import { duration, mark, table } from "../../report/table.js"

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const FRAME_MS = 80

interface Row {
  readonly stage: Stage
  started?: number
  line: string
  result?: StageResult
}

/** A tree that lives, for a terminal: every stage, how long it has run, and the last line that it printed. */
export function liveReporter(
  output: NodeJS.WriteStream,
  { stages, title, logs }: { stages: readonly Stage[]; title: string; logs: string | undefined },
): Reporter {
  const colors = createColors(true)
  const update = createLogUpdate(output)
  const rows = new Map<string, Row>(stages.map((stage) => [stage.name, { stage, line: "" }]))
  const draw = () => update([colors.bold(title), ...[...rows.values()].map(rowText)].join("\n"))
  const print = (text: string) => {
    update.clear()
    output.write(`${text}\n`)
    draw()
  }
  const rowText = (row: Row, index: number) => {
    const branch = colors.dim(index === rows.size - 1 ? "└─" : "├─")
    return `${branch} ${rowState(row)}`
  }
  const width = Math.max(...stages.map(({ name }) => name.length))
  const fitted = (text: string, used: number) => text.slice(0, Math.max(0, output.columns - width - used - 8))
  const rowState = ({ stage, started, line, result }: Row) => {
    const name = stage.name.padEnd(width)
    const time = duration(result?.seconds ?? (Date.now() - (started ?? Date.now())) / 1000)
    const rest = fitted(result?.reason ?? line, time.length)
    if (result) return `${mark(result.state, colors)} ${name} ${colors.dim(time)} ${rest}`
    if (started === undefined) return colors.dim(`· ${name}`)
    const frame = FRAMES[Math.floor(Date.now() / FRAME_MS) % FRAMES.length] ?? ""
    return `${colors.cyan(frame)} ${name} ${colors.dim(`${time} ${rest}`)}`
  }
  const timer = setInterval(draw, FRAME_MS)
  return {
    started: (stage) => void Object.assign(rows.get(stage.name) ?? {}, { started: Date.now() }),
    line: (stage, text) => {
      const step = stage.speaks ? beginningStep(text) : undefined
      if (stage.speaks && step === undefined) print(painted(text, colors))
      else Object.assign(rows.get(stage.name) ?? {}, { line: step ?? stripVTControlCharacters(text).trim() })
    },
    ended: (stage, result, lines) => {
      Object.assign(rows.get(stage.name) ?? {}, { result })
      if (result.exitCode === undefined && isRed(result.state))
        print(failure({ stage, result, output: lines, logs }, colors))
    },
    notice: print,
    finished: (result) => {
      clearInterval(timer)
      update.clear()
      update.done()
      if (result.stages.every(({ exitCode }) => exitCode === undefined))
        output.write(`${table(result, colors)}\n`)
    },
  }
}
