import { expect, test } from "vitest"
import { vulnerabilities } from "../../audit/vulnerabilities.js"

const report = (severity: string) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      bad: { severity, range: "<2.0.0", via: [{ title: "It breaks", url: "https://advisories.test/1" }] },
      above: { severity, range: "*", via: ["bad"] },
    },
    metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 2, critical: 0, total: 2 } },
  })

test("findings at or above high are told with package, range and advisory", () => {
  expect(vulnerabilities(report("high"))).toEqual({
    kind: "audited",
    findings: ["high: bad <2.0.0 (It breaks https://advisories.test/1)", "high: above * (through bad)"],
  })
})

test("findings below high are no findings", () => {
  expect(vulnerabilities(report("moderate"))).toEqual({ kind: "audited", findings: [] })
})

test.each([
  [JSON.stringify({ message: "405 Method Not Allowed", statusCode: 405 }), "405 Method Not Allowed"],
  [JSON.stringify({ error: { code: "ENOTFOUND", summary: "no such host" } }), "no such host"],
  ["", "npm audit printed no report"],
])("%s is no audit, and says why", (json, reason) => {
  expect(vulnerabilities(json)).toEqual({ kind: "not audited", reason })
})
