import { expect, test } from "vitest"
import { finished } from "../../deploy/report.js"
import type { Request } from "../../deploy/request.js"
import type { DeployResult } from "../../deploy/result.js"

const TAKEN_BACK = {
  ...{ kind: "deploy", environment: "staging", target: "swarm", outcome: "taken back", failedStep: "smoke" },
  ...{ reason: "no script", serving: "v1.0.0", seconds: 20, publicUrl: "https://staging.example", steps: [] },
  ...{ commit: "c0".repeat(20), version: "v1.1.0", deployment: 4, fingerprints: [] },
} as unknown as DeployResult

function said(result: DeployResult, again: readonly string[] = []): string {
  const lines: string[] = []
  const asked = { settings: { TARGET: result.target }, again, say: (line: string) => lines.push(line) }
  finished(result, asked as unknown as Request)
  return lines.join("\n")
}

test("a deploy that was taken back says how to find its record again, and how to deploy it", () => {
  expect(said(TAKEN_BACK, ["--release-tag v1.1.0"])).toContain(
    `the same on a laptop: npm run --silent ci -- publish --registry-address "$REGISTRY_ADDRESS" --commit-sha ${TAKEN_BACK.commit} --json > release.json && npm run ci -- deploy --environment staging --settings file://.env.staging --release release.json --release-tag v1.1.0`,
  )
})

test("a rollback is repeated to the same release", () => {
  expect(said({ ...TAKEN_BACK, kind: "rollback" })).toContain(
    `the same on a laptop: npm run ci -- rollback --environment staging --settings file://.env.staging --to ${TAKEN_BACK.commit}`,
  )
})
