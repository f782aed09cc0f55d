import { execa } from "execa"
import { SKIPPED_EXIT_CODE } from "../pipeline/outcome.js"
import { vulnerabilities } from "./vulnerabilities.js"

/** `npm run audit:dependencies`: fails for a known vulnerability at or above high; skipped when npm can't ask. */
async function main(): Promise<number> {
  const { stdout } = await execa("npm", ["audit", "--json", "--audit-level=high"], {
    reject: false,
    stdin: "ignore",
  })
  const audit = vulnerabilities(stdout)
  if (audit.kind === "not audited") {
    console.log(`the audit could not be made: ${withoutAddress(audit.reason)}`)
    return SKIPPED_EXIT_CODE
  }
  for (const finding of audit.findings) console.log(`error: ${finding}`)
  console.log(`${audit.findings.length} known vulnerabilities at or above high`)
  return audit.findings.length > 0 ? 1 : 0
}

/** A registry's address can hold a token, and says nothing about the reason. */
const withoutAddress = (reason: string) => reason.replace(/( - \w+)?\s*https?:\/\/\S+/g, "")

process.exitCode = await main()
