import { expect, test } from "vitest"
import { flags, FLAGS, login } from "../../release/command-line.js"

const COMMIT = "c0".repeat(20)
const common = ["--registry-address", "registry.test", "--commit-sha", COMMIT]

test("flags are read by name; an empty one is none", () => {
  expect(flags([...common, "--registry-user=", "--release-tag", "v1.2.3"], FLAGS)).toEqual({
    "registry-address": "registry.test",
    "commit-sha": COMMIT,
    "release-tag": "v1.2.3",
  })
})

test("all that is missing or wrong is told at once", () => {
  expect(() => flags(["--commit-sha", "c0ffee", "--release-tag", "1.2"], FLAGS)).toThrow(
    "expected --registry-address <host[:port][/namespace]>; " +
      "and --commit-sha to be the 40 hexadecimal digits of a commit, received c0ffee; " +
      "and --release-tag to be a version such as v1.2.3 or v1.2.3-rc.1, received 1.2",
  )
})

test("a flag that does not exist is refused", () => {
  expect(() => flags(["--password", "x"], FLAGS)).toThrow("Unknown option '--password'")
})

test.each(["v0.0.0", "v10.20.30", "v1.2.3-rc.1", "v1.2.3-alpha-2.0x", "v1.0.0-0A.is.legal"])(
  "%s is a version",
  (version) => {
    expect(flags([...common, "--release-tag", version], FLAGS)["release-tag"]).toBe(version)
  },
)

test.each(["1.2.3", "v1.2", "v01.2.3", "v1.2.3-", "v1.2.3-01", "v1.2.3+build", "v1.2.3-a..b", "v1.2.3 "])(
  "%s is none",
  (version) => {
    expect(() => flags([...common, "--release-tag", version], FLAGS)).toThrow("to be a version")
  },
)

const values = { "registry-address": "registry.test" }

test("the password comes from the environment, with a user", () => {
  expect(login({ ...values, "registry-user": "me" }, { REGISTRY_PASSWORD: "secret" }).credentials).toEqual({
    user: "me",
    password: "secret",
  })
  expect(login(values, { REGISTRY_PASSWORD: "" })).not.toHaveProperty("credentials")
})

test("one of user and password alone is refused, naming the other", () => {
  expect(() => login({ ...values, "registry-user": "me" }, {})).toThrow("received no REGISTRY_PASSWORD")
  expect(() => login(values, { REGISTRY_PASSWORD: "secret" })).toThrow("received no --registry-user")
})
