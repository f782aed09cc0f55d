import type { Finding, Reader } from "./finding.js"
import { ownPlace } from "./own-file.js"

const FINDING = /^\s+(\d+):\d+\s+error\s+(.*)$/

/** ESLint and secretlint: a file alone on its line, its findings below. */
export const stylish: Reader = (lines) => {
  const findings: Finding[] = []
  let file = ""
  for (const line of lines) {
    const [, at, message] = FINDING.exec(line) ?? []
    if (message !== undefined)
      findings.push({ ...ownPlace(file, at), message: message.replace(/\s{2,}/g, "  ") })
    else if (/^\S+$/.test(line)) file = line
  }
  return findings
}
