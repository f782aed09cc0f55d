/** The lines after one that stand deeper than it: what belongs to it, trimmed. */
export function continued(lines: readonly string[], index: number): string[] {
  const depth = depthOf(lines[index] ?? "")
  const after = lines.slice(index + 1)
  const end = after.findIndex((line) => line.trim() === "" || depthOf(line) <= depth)
  return after.slice(0, end < 0 ? undefined : end).map((line) => line.trim())
}

const depthOf = (line: string) => line.length - line.trimStart().length
