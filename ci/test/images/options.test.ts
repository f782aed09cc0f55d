import { expect, test } from "vitest"
import { buildOptions } from "../../images/options.js"
import { UsageError } from "../../usage-error.js"

test("an image alone is enough", () => {
  expect(buildOptions(["server"])).toEqual({ name: "server", commit: undefined, platform: undefined })
})

test("commit and platform are taken", () => {
  const args = ["client", "--commit-sha", "abc1234", "--platform=linux/arm64/v8"]
  expect(buildOptions(args)).toEqual({ name: "client", commit: "abc1234", platform: "linux/arm64/v8" })
})

test.each([
  [[], 'expected an image, received ""'],
  [["moon"], 'expected an image, received "moon"'],
  [["server", "client"], 'expected an image, received "server client"'],
  [["server", "--commit-sha", "v1.2"], '--commit-sha to be 7 to 64 hexadecimal digits, received "v1.2"'],
  [
    ["server", "--platform", "linux/amd64,linux/arm64"],
    'received "linux/amd64,linux/arm64"; several at once need buildx',
  ],
  [["server", "--moon"], "Unknown option '--moon'"],
])("refuses %j and says what it expected", (args, message) => {
  expect(() => buildOptions(args)).toThrow(UsageError)
  expect(() => buildOptions(args)).toThrow(message)
})
