import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { z } from "zod"
import { callProblems, callsIn } from "./dagger-calls.js"

const Step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
})
const Job = z.object({
  permissions: z.record(z.string(), z.string()),
  "timeout-minutes": z.number(),
  steps: z.array(Step),
})
const Workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.looseObject({ group: z.string() }),
  jobs: z.record(z.string(), Job),
})

const FOLDER = ".github/workflows"
const texts = readdirSync(FOLDER).map((name) => [name, readFileSync(`${FOLDER}/${name}`, "utf8")] as const)
const workflows = texts.map(([name, text]) => [name, Workflow.parse(parse(text)), text] as const)
const stepsOf = (workflow: z.infer<typeof Workflow>) =>
  Object.values(workflow.jobs).flatMap(({ steps }) => steps)
const named = (name: string) => workflows.find(([each]) => each === name)?.[1]

describe.each(workflows)("%s", (_, workflow, text) => {
  test("starts with no permission at all; each job says what it needs", () => {
    expect(workflow.permissions).toEqual({})
    for (const { permissions } of Object.values(workflow.jobs)) expect(permissions["contents"]).toBe("read")
  })

  test("pins every action to a commit, with its version beside it", () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action)
    expect(uses.length).toBeGreaterThan(0)
    for (const action of uses) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  test("leaves no credentials in the checkout", () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@"))
    expect(checkouts.length).toBeGreaterThan(0)
    for (const { with: inputs } of checkouts) expect(inputs?.["persist-credentials"]).toBe(false)
  })

  test("has no logic: a step is one call that a laptop can make, or shows a file", () => {
    for (const { run } of stepsOf(workflow)) {
      if (run === undefined) continue
      expect(run).toMatch(/^(dagger call [^;&|]+|cat \.runs\/report\/\S+( >>"\$GITHUB_STEP_SUMMARY")?)$/)
      if (run.startsWith("dagger")) expect(callProblems(run)).toEqual([])
    }
  })

  test("installs the command line of the engine that dagger.json asks for", () => {
    const { engineVersion } = JSON.parse(readFileSync("dagger.json", "utf8")) as { engineVersion: string }
    const installs = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("dagger/dagger-for-github@"))
    for (const { with: inputs } of installs)
      expect(inputs).toEqual({ version: engineVersion.replace("v", "") })
    const calls = stepsOf(workflow).some(({ run }) => run?.startsWith("dagger"))
    expect(installs).toHaveLength(calls ? 1 : 0)
  })
})

test("ci runs for pull requests to main and for pushes to feature, fix and main", () => {
  expect(named("ci.yml")?.on).toEqual({
    pull_request: { branches: ["main"] },
    push: { branches: ["feature/**", "fix/**", "main"] },
  })
})

test("cd runs for main and for version tags, one after the other for one commit", () => {
  expect(named("cd.yml")?.on).toEqual({ push: { branches: ["main"], tags: ["v*.*.*"] } })
  expect(named("cd.yml")?.concurrency).toEqual({ group: "cd-${{ github.sha }}", "cancel-in-progress": false })
})

test("no workflow gives a secret to the code of a pull request", () => {
  for (const [, workflow, text] of workflows) {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target")
    if ("pull_request" in workflow.on) expect(text).not.toContain("secrets.")
  }
})

test.each(["README.md", "docs/other-ci.md"])(
  "every call of dagger in %s is one that the module has",
  (file) => {
    const calls = callsIn(readFileSync(file, "utf8"))
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.map((call) => [call, callProblems(call.replaceAll("[", "").replaceAll("]", ""))])).toEqual(
      calls.map((call) => [call, []]),
    )
  },
)
