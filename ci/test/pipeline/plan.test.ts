import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { FUNCTIONS, MAIN } from "../../pipeline/functions.js"
import { inParts } from "../../pipeline/parts.js"
import { plan } from "../../pipeline/plan.js"
import { DEPLOY_STAGES } from "../../pipeline/deploy-stages.js"
import { STAGES } from "../../pipeline/stages.js"

const called = (name: string) => {
  const found = FUNCTIONS.find((each) => each.name === name)
  if (!found) throw new Error(`no function ${name}`)
  return found
}
const scripts = (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> })
  .scripts

describe("the plan of a function", () => {
  test.each(FUNCTIONS.map(({ name }) => name))(
    "%s has stages that exist and need nothing outside of it",
    (name) => {
      const stages = plan(called(name))
      const names = stages.map((stage) => stage.name)
      expect(names.sort()).toEqual([...called(name).stages].sort())
      for (const { needs = [] } of stages) expect(names).toEqual(expect.arrayContaining([...needs]))
    },
  )

  test("the main job has every stage that needs nothing of this machine but Node", () => {
    const left = [
      "server-image",
      "client-image",
      "publish",
      "report",
      ...DEPLOY_STAGES.map(({ name }) => name),
    ]
    const names = STAGES.map(({ name }) => name).filter((name) => !left.includes(name))
    expect(plan(called(MAIN)).map(({ name }) => name)).toEqual(names)
  })

  test("a stage that has parts is its parts for an executor with layers", () => {
    const parts = inParts(plan(called("check")))
    expect(parts.filter(({ name }) => name.startsWith("test")).map(({ name }) => name)).toEqual([
      "test-server",
      "test-client",
      "test-ci",
    ])
    expect(parts.find(({ name }) => name === "test-client")).toMatchObject({
      runs: { script: "test:client" },
      database: "none",
      needs: ["generate"],
    })
  })

  test("a stage does not wait for what is not part of the function", () => {
    expect(plan(called("smoke"))).toMatchObject([{ name: "smoke", needs: [] }])
  })

  test("tests of one package alone run that package's script and say how to repeat it", () => {
    const stage = plan(called("test"), "client").find(({ name }) => name === "test-client")
    expect(stage).toMatchObject({
      runs: { script: "test:client" },
      repeat: "npm run ci -- test --only client",
    })
  })

  test("a function that names an unknown stage is a mistake that is told", () => {
    expect(() => plan({ name: "odd", summary: "", stages: ["moon"] })).toThrow("unknown stages: moon")
  })
})

test.each(STAGES.map((stage) => [stage.name, stage] as const))(
  "the script of stage %s exists",
  (_, { runs }) => {
    if (runs !== "platform") expect(Object.keys(scripts)).toContain(runs.script)
  },
)

test.each(STAGES.map(({ name, repeat }) => [name, repeat]))(
  "the command that repeats %s exists",
  (_, repeat) => {
    const [, script = "", name = MAIN] = /^npm run ([\w:-]+)(?: -- ([\w-]+))?/.exec(repeat) ?? []
    expect(Object.keys(scripts)).toContain(script)
    expect(FUNCTIONS.map((each) => each.name)).toContain(name)
  },
)
