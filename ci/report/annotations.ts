import type { Evidence } from "./evidence.js"

/** GitHub shows ten of a kind a step. */
const MOST = 10

/**
 * GitHub's commands that mark findings at their file and line, a line each.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
 */
export function annotations(evidence: readonly Evidence[]): string[] {
  return evidence.flatMap(ofStage).slice(0, MOST)
}

function ofStage({ stage, result, findings }: Evidence): string[] {
  if (result.state !== "failed" && result.state !== "error") return []
  const found = findings.length > 0 ? findings : [{ message: result.reason }]
  return found.map(({ message, ...at }) => {
    const [file, line] = "place" in at ? (at.place ?? "").split(":") : []
    const where = [file && `file=${property(file)}`, line && `line=${line}`, `title=${property(stage.name)}`]
    return `::error ${where.filter(Boolean).join(",")}::${data(message)}`
  })
}

const data = (text: string) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
