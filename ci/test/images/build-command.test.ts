import { expect, test } from "vitest"
import { buildArguments, imageTag, sizeArguments } from "../../images/build-command.js"

const server = { name: "server", commit: "abc1234", source: "https://code.example/team/platform" } as const

test("an image is named by its commit", () => {
  expect(imageTag(server)).toBe("agent-backend:abc1234")
  expect(imageTag({ name: "client", commit: "unknown" })).toBe("agent-frontend:unknown")
})

test("an image is built from its Dockerfile with the root as context", () => {
  expect(buildArguments(server).join(" ")).toBe(
    "build --file server/Dockerfile --build-arg COMMIT=abc1234" +
      " --build-arg SOURCE=https://code.example/team/platform --tag agent-backend:abc1234 .",
  )
})

test("a platform is named only when the caller names one", () => {
  expect(buildArguments({ ...server, platform: "linux/arm64" })).toContain("linux/arm64")
  expect(buildArguments(server)).not.toContain("--platform")
})

test("the size is asked for by tag", () => {
  expect(sizeArguments("agent-backend:abc1234").at(-1)).toBe("agent-backend:abc1234")
})
