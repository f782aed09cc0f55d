import { expect, test } from "vitest"
import { exitCodeOf, type Outcome } from "../../deploy/result.js"
import { INNER_STEPS, leftOut } from "../../deploy/story.js"
import { STEPS, type StepName } from "../../pipeline/deploy-steps.js"

const ours = { name: "swarm", carries: new Set<StepName>() }
/** As a platform is that rolls out, probes and goes back by itself. */
const platform = { name: "platform", carries: new Set<StepName>(["health gate", "switch", "retire old"]) }
const carriedOut = (kind: "deploy" | "rollback", target: typeof ours) =>
  STEPS.filter((name) => leftOut(name, kind, target) === undefined)

test("a deploy to a target that we carry has every step, in order", () => {
  expect(carriedOut("deploy", ours)).toEqual([...STEPS])
  expect(INNER_STEPS).toEqual(STEPS.slice(1, -1))
})

test("a target carries out the steps that it says, and the story the others", () => {
  const steps = ["lock", "check", "back up", "migrate", "start new", "smoke", "unlock"]
  expect(carriedOut("deploy", platform)).toEqual(steps)
  expect(leftOut("switch", "deploy", platform)).toBe("platform does it by itself")
})

test("a rollback neither backs up nor migrates, and goes through the same gate", () => {
  const steps = ["lock", "check", "start new", "health gate", "switch", "smoke", "retire old", "unlock"]
  expect(carriedOut("rollback", ours)).toEqual(steps)
})

test.each([
  ["succeeded", 0],
  ["refused", 1],
  ["failed", 1],
  ["taken back", 3],
  ["lost", 4],
] as const satisfies readonly (readonly [Outcome, number])[])("%s ends with %d", (outcome, code) => {
  expect(exitCodeOf(outcome)).toBe(code)
})
