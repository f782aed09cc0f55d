import { readFileSync } from "node:fs"
import { parseEnv } from "node:util"
import { describe, expect, test } from "vitest"
import { MAIN, FUNCTIONS } from "../../pipeline/functions.js"
import { project } from "../../pipeline/project.js"
import { TestedPackage } from "../../src/index.js"
import { declaredFunctions } from "./declared.js"

const DECLARED = declaredFunctions()
const SHARED = FUNCTIONS.filter(({ hostOnly }) => !hostOnly)
const declaredAs = (name: string) => DECLARED.find((each) => each.name === name)
const CHECKS = ["lint", "format", "typecheck", "test", "build", "audit"]

describe("the Dagger module and the functions' table", () => {
  test("have the same functions", () => {
    expect(DECLARED.map(({ name }) => name).sort()).toEqual(SHARED.map(({ name }) => name).sort())
    expect(SHARED.map(({ name }) => name)).not.toContain(MAIN)
  })

  test.each(SHARED.map((each) => [each.name, each] as const))(
    "agree on the help and flags of %s",
    (name, known) => {
      const declared = declaredAs(name)
      expect(declared?.summary).toBe(known.summary)
      const given = declared?.flags.filter(({ isContext }) => !isContext) ?? []
      const secrets = (known.variables ?? []).flatMap(({ secret, ...variable }) =>
        secret === undefined ? [] : { ...variable, name: secret },
      )
      const expected = [...(known.options ?? []), ...secrets]
      expect(given.map((flag) => flag.name).sort()).toEqual(expected.map((flag) => flag.name).sort())
      for (const { name: flag, summary, required = false } of expected) {
        const own = given.find((each) => each.name === flag)
        expect(own?.summary.startsWith(summary), `${flag}: ${own?.summary}`).toBe(true)
        if (required) expect(own?.isRequired, flag).toBe(true)
      }
    },
  )

  test("agree on the packages that can be tested alone", () => {
    expect(Object.values(TestedPackage)).toEqual(Object.keys(project.tests))
  })

  test("check runs what the checks run, and is none itself", () => {
    expect(DECLARED.filter(({ isCheck }) => isCheck).map(({ name }) => name)).toEqual(CHECKS)
    const stages = (name: string) => FUNCTIONS.find((each) => each.name === name)?.stages ?? []
    expect(new Set(CHECKS.flatMap(stages))).toEqual(new Set(stages("check")))
  })

  test("dagger check can call every check: none has a flag that must be given", () => {
    const checks = DECLARED.filter(({ isCheck }) => isCheck)
    const required = checks.flatMap(({ flags }) => flags.filter((flag) => flag.isRequired && !flag.isContext))
    expect(required).toEqual([])
  })
})

describe("what Dagger keeps of a call", () => {
  test("is nothing where the function changes or looks at something outside", () => {
    const outside = SHARED.filter(({ name, effect }) => effect || name === "smoke" || name === "report")
    expect(outside.map(({ name }) => declaredAs(name)?.cache)).toEqual(outside.map(() => "never"))
  })

  test("lasts half a day where the vulnerabilities that are known count", () => {
    const audits = SHARED.filter(({ stages }) => stages.includes("audit-dependencies"))
    expect(audits.map(({ name }) => declaredAs(name)?.cache)).toEqual(audits.map(() => "12h"))
  })
})

test("no setting of a root .env is taken for an argument", () => {
  const settings = Object.keys(parseEnv(readFileSync(".env.example", "utf8"))).map((name) =>
    name.toLowerCase(),
  )
  const arguments_ = DECLARED.flatMap(({ name, flags }) => flags.map((flag) => [name, flag.name]))
  const keys = arguments_.flatMap(([name = "", flag = ""]) => [flag, `${name}_${flag}`])
  expect(keys.map((key) => key.replaceAll("-", "")).filter((key) => settings.includes(key))).toEqual([])
})
