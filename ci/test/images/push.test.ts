import { expect, test } from "vitest"
import { digestAmong } from "../../images/push.js"

const ONE = `sha256:${"a1".repeat(32)}`
const TWO = `sha256:${"b2".repeat(32)}`

test("the digest is that of the repository that was pushed to", () => {
  const references = [`registry.test/agent-backend@${ONE}`, `registry.test/team/agent-backend@${TWO}`]
  expect(digestAmong(references, "registry.test/team/agent-backend")).toBe(TWO)
})

test("docker leaves out the domain of Docker Hub", () => {
  expect(digestAmong([`team/agent-backend@${ONE}`], "docker.io/team/agent-backend")).toBe(ONE)
})

test("an image that was pushed nowhere has none", () => {
  expect(() => digestAmong([], "registry.test/agent-backend")).toThrow(
    "expected docker to know a digest in registry.test/agent-backend, received none",
  )
})
