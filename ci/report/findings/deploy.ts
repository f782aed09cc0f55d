import { continued } from "./continued.js"
import type { Reader } from "./finding.js"

/** A deploy's step that failed, with its time and why; its last words have the command that does the same. */
const FAILED = /^ {2}✖ (.+?) +[\d.]+ (?:s|min \d\d s) {2}(.+)$/
const AGAIN = /^ {2}the same on a laptop: (.+)$/
const SERVING = /^ {2}(serving: .+)$/

/** A deploy or rollback: the step that failed, why, and what serves now. */
export const deploy: Reader = (lines) => {
  const read = (pattern: RegExp) => lines.map((line) => pattern.exec(line)).find(Boolean)
  const failed = read(FAILED)
  if (!failed) return []
  const [whole, step = "", first = ""] = failed
  const why = [first, ...continued(lines, lines.indexOf(whole))].join(" ")
  const serving = read(SERVING)?.[1]
  const repeat = read(AGAIN)?.[1]
  const message = [`${step}: ${why}`, serving].filter(Boolean).join("; ")
  return [{ message, ...(repeat !== undefined && { repeat }) }]
}
