import { z } from "zod"

const Severity = z.enum(["info", "low", "moderate", "high", "critical"])

/** What `npm audit --json` prints when it could ask (npm 7 and newer, report version 2). */
const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({ severity: Severity, range: z.string(), via: z.array(z.unknown()) }),
  ),
  metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()) }),
})

/** What it prints when it could not. Its exit code is 1 in both cases. */
const Problem = z.object({
  message: z.string().optional(),
  error: z.object({ code: z.string().nullish(), summary: z.string().nullish() }).optional(),
})

const Advisory = z.object({ title: z.string(), url: z.string().optional() })

/** What an audit came to. */
export type Audit =
  | { readonly kind: "audited"; readonly findings: readonly string[] }
  | { readonly kind: "not audited"; readonly reason: string }

/**
 * Reads the JSON of `npm audit`; its exit code says nothing.
 * @returns the findings at or above high, a line each; or why there was no audit
 */
export function vulnerabilities(json: string): Audit {
  const parsed = parsedJson(json)
  const report = Report.safeParse(parsed)
  if (report.success) return { kind: "audited", findings: findings(report.data) }
  const problem = Problem.safeParse(parsed)
  const { error, message } = problem.success ? problem.data : {}
  const reason = message ?? (error?.summary || error?.code) ?? "npm audit printed no report"
  return { kind: "not audited", reason: reason.split("\n")[0] ?? reason }
}

function parsedJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function findings(report: z.infer<typeof Report>): string[] {
  return Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => severity === "high" || severity === "critical")
    .map(([name, { severity, range, via }]) => `${severity}: ${name} ${range}${titles(via)}`)
}

/** A package is there for its own advisories, or only for those of what it depends on, which are named by a string. */
function titles(via: readonly unknown[]): string {
  const known = via.map((each) => Advisory.safeParse(each)).flatMap(({ data }) => data ?? [])
  const words = known.map(({ title, url }) => [title, url].filter(Boolean).join(" "))
  const through = via.filter((each) => typeof each === "string")
  if (words.length > 0) return ` (${words.join("; ")})`
  return through.length > 0 ? ` (through ${through.join(", ")})` : ""
}
