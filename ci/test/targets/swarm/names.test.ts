import { expect, test } from "vitest"
import { partName, stackName, uniqueName } from "../../../targets/swarm/names.js"

test("two environments have two stacks", () => {
  expect(stackName({ environment: "staging", STACK: undefined })).toBe("agent-staging")
  expect(stackName({ environment: "production", STACK: undefined })).toBe("agent-production")
})

test("the settings can name the stack", () => {
  expect(stackName({ environment: "staging", STACK: "shop" })).toBe("shop")
  expect(partName("shop", "server", "blue")).toBe("shop-server-blue")
})

test("what can't be changed has a new name each time", () => {
  expect(uniqueName("shop-settings")).toMatch(/^shop-settings-[\da-f]{12}$/)
  expect(uniqueName("shop-settings")).not.toBe(uniqueName("shop-settings"))
})
