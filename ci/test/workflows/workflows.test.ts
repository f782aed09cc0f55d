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
const Job = z.looseObject({
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

const Deploying = Job.extend({
  if: z.string(),
  needs: z.string(),
  environment: z.object({ name: z.string(), url: z.string() }),
  concurrency: z.unknown(),
  env: z.record(z.string(), z.string()),
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
    for (const { steps } of Object.values(workflow.jobs)) {
      const installs = steps.filter(({ uses }) => uses?.startsWith("dagger/dagger-for-github@"))
      for (const { with: inputs } of installs)
        expect(inputs).toEqual({ version: engineVersion.replace("v", "") })
      const calls = steps.some(({ run }) => run?.startsWith("dagger"))
      expect(installs).toHaveLength(calls ? 1 : 0)
    }
  })
})

test("ci runs for pull requests to main and for pushes to feature, fix and main", () => {
  expect(named("ci.yml")?.on).toEqual({
    pull_request: { branches: ["main"] },
    push: { branches: ["feature/**", "fix/**", "main"] },
  })
})

test("cd runs for main, for version tags and by hand, one after the other for one commit", () => {
  const push = { branches: ["main"], tags: ["v*.*.*"] }
  expect(named("cd.yml")?.on).toEqual({ push, workflow_dispatch: null })
  expect(named("cd.yml")?.concurrency).toEqual({ group: "cd-${{ github.sha }}", "cancel-in-progress": false })
})

test.each([
  ["staging", "github.event_name == 'push' && github.ref_type == 'branch'"],
  [
    "production",
    "(github.ref_type == 'tag' || (github.event_name == 'workflow_dispatch' && github.ref == 'refs/heads/main'))",
  ],
])("deploys to %s come after publication, queue, and have the settings of that environment", (name, when) => {
  const job = Deploying.parse(named("cd.yml")?.jobs[name])
  expect(job).toMatchObject({ needs: "publish", environment: { name } })
  expect(job.concurrency).toEqual({ group: `deploy-${name}`, "cancel-in-progress": false })
  expect(job.if).toBe(`${when} && vars.${name.toUpperCase()}_URL != ''`)
  const deploy = job.steps.find(({ run }) => run?.startsWith("dagger call deploy"))
  expect(deploy?.run).toMatch(
    new RegExp(`--environment=${name} --settings=env://SETTINGS --release=release.json`),
  )
  expect(job.env["SETTINGS"]).toContain("secrets.SETTINGS")
})

test("a red deploy is told in the summary", () => {
  for (const name of ["staging", "production"]) {
    const runs = (named("cd.yml")?.jobs[name]?.steps ?? []).map(({ run }) => run)
    expect(runs.slice(-2)).toEqual([
      "dagger call report export --path=.runs/report",
      'cat .runs/report/summary.md >>"$GITHUB_STEP_SUMMARY"',
    ])
  }
})

test("no workflow gives a secret to the code of a pull request", () => {
  for (const [, workflow, text] of workflows) {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target")
    if ("pull_request" in workflow.on) expect(text).not.toContain("secrets.")
  }
})

test.each(["README.md", "docs/deploying.md", "docs/other-ci.md"])(
  "every call of dagger in %s is one that the module has",
  (file) => {
    const calls = callsIn(readFileSync(file, "utf8"))
    expect(calls.length).toBeGreaterThan(0)
    expect(calls.map((call) => [call, callProblems(call.replaceAll("[", "").replaceAll("]", ""))])).toEqual(
      calls.map((call) => [call, []]),
    )
  },
)
