import { isRed } from "../pipeline/outcome.js"
import type { Evidence } from "./evidence.js"
import type { Finding } from "./findings/finding.js"

const MOST = 30

/** What a pull request's author reads first, as Markdown: what failed, where, and the command that repeats it. */
export function summary(evidence: readonly Evidence[]): string {
  const red = evidence.filter(({ result }) => isRed(result.state))
  const head = red.length > 0 ? `${red.length} of ${evidence.length} stages failed` : unfailed(evidence)
  return [`# ${head}`, ...red.flatMap(failed), ...whole(evidence), ""].join("\n")
}

const unfailed = ({ length }: readonly Evidence[]) =>
  length > 0 ? "Nothing failed" : "No stage ran: the log of the step before says why"

function failed({ stage, result, findings }: Evidence): string[] {
  const shown = findings.slice(0, MOST)
  const left = findings.length - shown.length
  const own = [...new Set(shown.flatMap(({ repeat }) => repeat ?? []))]
  // A stage that speaks says the whole command itself.
  const commands = stage.speaks && own.length > 0 ? own : [stage.repeat, ...own]
  return [
    "",
    `## ${stage.name} ${result.state}`,
    "",
    ...(shown.length > 0 ? shown.map(item) : [`- ${text(result.reason)}`]),
    ...(left > 0 ? [`- and ${left} more, in the log`] : []),
    "",
    stage.speaks ? "The same on a laptop:" : "Repeat it on a laptop, with or without Docker:",
    "",
    ...["```sh", ...commands, "```"],
  ]
}

function item({ place, message }: Finding): string {
  return place === undefined ? `- ${text(message)}` : `- \`${place}\` ${text(message)}`
}

function whole(evidence: readonly Evidence[]): string[] {
  const row = ({ result }: Evidence) => `| ${result.name} | ${result.state} | ${text(result.reason)} |`
  return ["", "| stage | state | reason |", "| --- | --- | --- |", ...evidence.map(row)]
}

/** A message is what a tool printed: it must not become markup, and a row is one line. */
function text(message: string): string {
  return message.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>|#]/g, "\\$&")
}
