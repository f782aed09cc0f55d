import { expect, test } from "vitest"
import { daggerArguments } from "../../dagger/call.js"
import { FUNCTIONS } from "../../pipeline/functions.js"

const called = (name: string) => {
  const found = FUNCTIONS.find((each) => each.name === name)
  if (!found) throw new Error(`no function ${name}`)
  return found
}

test("flags are given as they are, those that were not given are left out", () => {
  expect(daggerArguments({ called: called("test"), options: { only: "client" } }, {})).toEqual([
    ...["call", "test", "--only=client"],
  ])
  expect(daggerArguments({ called: called("test"), options: {} }, {})).toEqual(["call", "test"])
})

test("a secret is named, and its value is no argument", () => {
  const options = { "registry-address": "host/team", "commit-sha": "abc" }
  const args = daggerArguments({ called: called("publish"), options }, { REGISTRY_PASSWORD: "moon" })
  expect(args).toContain("--registry-password=env://REGISTRY_PASSWORD")
  expect(args.join(" ")).not.toContain("moon")
  expect(daggerArguments({ called: called("publish"), options }, {}).join(" ")).not.toContain("password")
})

test("what a function fills is exported to where the host fills it", () => {
  expect(daggerArguments({ called: called("build"), options: {} }, {})).toEqual([
    ...["call", "build", "export", "--path", "."],
  ])
})
