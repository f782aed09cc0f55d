import type { Finding, Reader } from "./finding.js"

/** commitlint: `✖   problem [rule]` below the message that it is about. */
export const commits: Reader = (lines) => {
  const findings: Finding[] = []
  let about = ""
  for (const line of lines) {
    about = /^⧗\s+input: (.*)$/.exec(line)?.[1] ?? about
    const problem = /^✖\s+(.* \[[\w-]+\])$/.exec(line)?.[1]
    if (problem !== undefined) findings.push({ message: `"${about}": ${problem}` })
  }
  return findings
}
