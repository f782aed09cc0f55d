import { expect, test } from "vitest"
import { resultOf } from "../../dagger/result.js"

const call = { name: "check", seconds: 1, exitCode: 0, stdout: "", stderr: "" }

test("a call that passed has the stages of its summary", () => {
  const stdout = "passed   lint\nskipped  audit-dependencies: the registry is away\n"
  expect(resultOf({ ...call, stdout })).toEqual({
    ...{ function: "check", executor: "dagger", outcome: "passed", seconds: 1, result: null },
    stages: [
      { name: "lint", state: "passed", seconds: 0, reason: "" },
      { name: "audit-dependencies", state: "skipped", seconds: 0, reason: "the registry is away" },
    ],
  })
})

test("a call that failed has them from the error, each once, without what Dagger adds", () => {
  const summary = "passed   generate\nfailed   lint"
  const stderr = `11 : ! ${summary}\n\nError: \n${summary} [traceparent:0f0a5c81-2d31]\n`
  const { outcome, stages } = resultOf({ ...call, exitCode: 1, stderr })
  expect(outcome).toBe("failed")
  expect(stages.map(({ name, state }) => [name, state])).toEqual([
    ["generate", "passed"],
    ["lint", "failed"],
  ])
})

test("a document that a function prints is its result", () => {
  expect(resultOf({ ...call, name: "publish", stdout: '{ "commit": "abc" }' }).result).toEqual({
    commit: "abc",
  })
})
