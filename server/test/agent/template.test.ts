import { describe, expect, it } from "vitest"
import { fillTemplate, unknownNames } from "../../src/agent/template.js"

const values = { goal: "ship it", stepName: "review", outputs: ["one", "two"] }

describe("a prompt template", () => {
  it("is filled with the goal, the step's name and earlier outputs", () => {
    const template = "{{goal}}|{{ step.name }}|{{previous.output}}|{{steps.1.output}}|{{steps.2.output}}"
    expect(fillTemplate(template, values)).toBe("ship it|review|two|one|two")
  })

  it("takes values as they are, whatever they contain", () => {
    expect(fillTemplate("{{goal}}", { ...values, goal: "{{step.name}} $& $1" })).toBe("{{step.name}} $& $1")
  })

  it("leaves single braces alone", () => {
    expect(fillTemplate('{"a": {"b": 1}}', values)).toBe('{"a": {"b": 1}}')
  })

  it("knows no output for the first step", () => {
    expect(unknownNames("{{previous.output}} {{steps.1.output}} {{goal}}", 1)).toEqual([
      "previous.output",
      "steps.1.output",
    ])
  })

  it("knows outputs of earlier steps only", () => {
    expect(
      unknownNames("{{steps.1.output}} {{steps.2.output}} {{steps.3.output}} {{steps.0.output}}", 3),
    ).toEqual(["steps.3.output", "steps.0.output"])
  })

  it("knows no other name", () => {
    expect(unknownNames("{{Goal}} {{constructor}} {{}}", 2)).toEqual(["Goal", "constructor", ""])
  })
})
