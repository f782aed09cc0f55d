import { expect, test } from "vitest"
import { filled, filledArguments, filledEnvironment } from "../../pipeline/facts.js"

test("a fact is filled in where its name stands in braces", () => {
  expect(filled("--url={serverUrl}", { serverUrl: "http://127.0.0.1:1" })).toBe("--url=http://127.0.0.1:1")
})

test("an argument or a variable that asks for an unknown fact is left out", () => {
  expect(filledArguments(["--commit={commit}", "--fixed"], {})).toEqual(["--fixed"])
  expect(filledEnvironment({ A: "{commit}", B: "b" }, {})).toEqual({ B: "b" })
})
