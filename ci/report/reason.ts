import { stripVTControlCharacters } from "node:util"
import type { Outcome } from "../pipeline/outcome.js"
import { findings } from "./findings/findings.js"

const LONGEST = 200

/** One line that says why a stage did not pass, from what it printed. */
export function reasonOf(state: Outcome, output: readonly string[]): string {
  if (state === "passed") return ""
  const [first, ...others] = state === "failed" ? findings(output) : []
  if (!first) return shortened(lastLine(output))
  const more = others.length > 0 ? ` (and ${others.length} more)` : ""
  return shortened([first.place, first.message].filter(Boolean).join(": ")) + more
}

function lastLine(output: readonly string[]): string {
  const lines = output.map((line) => stripVTControlCharacters(line).trim()).filter(Boolean)
  return lines.at(-1) ?? "it printed nothing"
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}
