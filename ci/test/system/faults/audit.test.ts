import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, expect, test } from "vitest"
import { checkout, type Checkout } from "../../../trial/checkout.js"
import { ciRun } from "../ci-run.js"

let copy: Checkout
let programs: string
beforeEach(async () => {
  copy = await checkout()
  programs = await mkdtemp(join(tmpdir(), "programs-"))
})
afterEach(async () => {
  await copy.remove()
  await rm(programs, { recursive: true })
})

/** Runs `audit` with a registry's answer to `npm audit`; every other command of npm is npm's own. */
async function auditWith(answer: object, exitCode: number) {
  const npm = join(programs, "npm")
  const { stdout: real } = await execa("which", ["npm"])
  const audit = `cat <<'END'\n${JSON.stringify(answer)}\nEND\nexit ${exitCode}`
  await writeFile(npm, `#!/bin/sh\nif [ "$1" = audit ]; then\n${audit}\nfi\nexec ${real} "$@"\n`)
  await chmod(npm, 0o755)
  const env = { PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}` }
  return ciRun(copy.folder, ["audit"], { env })
}

/** As npm 11 prints it, for one vulnerable package. */
function report(severity: "moderate" | "high") {
  const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 1 }
  const title = "Prototype Pollution in moon-phase"
  return {
    auditReportVersion: 2,
    vulnerabilities: {
      "moon-phase": {
        name: "moon-phase",
        severity,
        isDirect: true,
        via: [
          { source: 1, name: "moon-phase", dependency: "moon-phase", title, severity, range: "<4.17.12" },
        ],
        effects: [],
        range: "<4.17.12",
        nodes: ["node_modules/moon-phase"],
        fixAvailable: true,
      },
    },
    metadata: { vulnerabilities: { ...none, [severity]: 1 }, dependencies: { prod: 1, total: 1 } },
  }
}

test("a vulnerability at or above high turns the audit red and is named", async () => {
  const { exitCode, stage } = await auditWith(report("high"), 1)
  expect(exitCode).toBe(1)
  expect(stage("audit-dependencies").state).toBe("failed")
  expect(stage("audit-dependencies").reason).toContain("high: moon-phase <4.17.12 (Prototype Pollution")
  expect(stage("audit-lockfile").state).toBe("passed")
})

test("vulnerabilities below high let the audit pass", async () => {
  const { exitCode, stage } = await auditWith(report("moderate"), 1)
  expect(exitCode).toBe(0)
  expect(stage("audit-dependencies")).toMatchObject({ state: "passed", reason: "" })
})

test("an audit that the registry refuses is skipped with the reason, though npm exits with 1", async () => {
  const refused = { error: { code: "ENOAUDIT", summary: "Audit endpoint not supported", detail: "" } }
  const { exitCode, stage } = await auditWith(refused, 1)
  expect(exitCode).toBe(0)
  expect(stage("audit-dependencies")).toMatchObject({
    state: "skipped",
    reason: "the audit could not be made: Audit endpoint not supported",
  })
})
