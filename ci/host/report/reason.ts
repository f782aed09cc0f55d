import { stripVTControlCharacters } from "node:util"
import type { Outcome } from "../../pipeline/outcome.js"
import { location } from "./location.js"

const LONGEST = 160

/** One line that says why a stage did not pass, from what it printed. */
export function reasonOf(state: Outcome, output: readonly string[]): string {
  const lines = output.map((line) => stripVTControlCharacters(line).trim()).filter(Boolean)
  if (state === "passed") return ""
  if (state === "skipped" || state === "error") return lines.at(-1) ?? "it gave no reason"
  const place = location(output.map((line) => stripVTControlCharacters(line)))
  const message = lines.find(isTelling) ?? lines.at(-1) ?? "it printed nothing"
  return shortened([place, message].filter(Boolean).join(": "))
}

/** The first line that says what is wrong, in the words of the tools that the stages run. */
function isTelling(line: string): boolean {
  return /\b(error TS\d+|Error:|error\b|ERROR\b|AssertionError|FAIL\b|✖|failed\b|expected\b|not formatted)/.test(
    line,
  )
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
