import { expect, test } from "vitest"
import { buildxArguments } from "../../release/several-platforms.js"

const COMMIT = "c0".repeat(20)
const build = {
  name: "server",
  commit: COMMIT,
  source: "",
  platform: "linux/amd64,linux/arm64",
} as const
const push = {
  local: `agent-backend:${COMMIT}`,
  repository: "registry.test/agent-backend",
  tag: COMMIT,
  config: "",
}

test("several platforms are built and pushed at once, under the registry's name alone", () => {
  const args = buildxArguments(build, push, "/tmp/metadata.json")
  expect(args.slice(0, 2)).toEqual(["buildx", "build"])
  expect(args.join(" ")).toContain("--platform linux/amd64,linux/arm64")
  expect(args.join(" ")).toContain("--push --provenance=false --metadata-file /tmp/metadata.json")
  const tags = args.filter((_, index) => args[index - 1] === "--tag")
  expect(tags).toEqual([`registry.test/agent-backend:${COMMIT}`])
  expect(args.at(-1)).toBe(".")
})
