import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { checkout, type Checkout } from "../../../trial/checkout.js"
import { ciRun } from "../ci-run.js"
import { replaceScripts } from "../npm-scripts.js"

const CHECKS = ["lint", "typecheck", "format:check", "test:app", "lint:commits"]
const AUDITS = ["audit:dependencies", "audit:lockfile", "audit:secrets"]

let copy: Checkout
beforeEach(async () => {
  copy = await checkout()
  await replaceScripts(copy.folder, [...CHECKS, ...AUDITS])
})
afterEach(() => copy.remove())

async function replace(file: string, text: string, by: string) {
  const path = join(copy.folder, file)
  const before = await readFile(path, "utf8")
  expect(before).toContain(text)
  await writeFile(path, before.replace(text, by))
}

describe("the main job is red, and says what the platform answered, when", () => {
  test("the server never gets ready", async () => {
    await replace("server/src/operations/routes.ts", "reasons.length === 0", "reasons.length === -1")
    await replace(
      "ci/pipeline/platform-stages.ts",
      'timeoutSeconds: 60,\n    repeat: "npm run ci -- up"',
      'timeoutSeconds: 15,\n    repeat: "npm run ci -- up"',
    )
    const { exitCode, stage } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("start").state).toBe("failed")
    expect(stage("start").reason).toMatch(/the server was not ready in time; \/readyz last answered: /)
    expect(stage("smoke").state).toBe("skipped")
  })

  test("a run of the smoke test fails", async () => {
    await replace(
      "server/src/agent/sandbox.ts",
      'prompt.includes("[sandbox:fail]")',
      'prompt.includes("Review")',
    )
    const { exitCode, stage, text } = await ciRun(copy.folder)
    expect(exitCode).toBe(1)
    expect(stage("smoke")).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("journey: expected a run that succeeds, it failed") as string,
    })
    expect(text).toContain("health: the server lives and is ready")
  })
})
