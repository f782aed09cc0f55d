import { expect, test } from "vitest"
import { instanceLabels, labelArgs, labelledInstance } from "../../../targets/swarm/labels.js"
import { INSTANCE } from "./orders.js"

test("an instance can be read from its labels again", () => {
  expect(labelledInstance("green", instanceLabels(INSTANCE))).toEqual(INSTANCE)
})

test("labels of something else are refused", () => {
  expect(() => labelledInstance("green", {})).toThrow("delivery.release")
})

test("labels become arguments", () => {
  expect(labelArgs({ a: "1", b: "x=y" })).toEqual(["--label", "a=1", "--label", "b=x=y"])
})
