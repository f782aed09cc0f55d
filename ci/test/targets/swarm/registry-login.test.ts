import { expect, test } from "vitest"
import { isOfSameRegistry } from "../../../targets/swarm/registry-login.js"

const RELEASE = "registry.example/team/agent-backend@sha256:00"

test.each([
  ["registry.example/nginx:1", true],
  ["registry.example:5000/team/nginx:1", false],
  ["nginxinc/nginx-unprivileged:1.28.0-bookworm", false],
  ["nginx:1.28", false],
  ["docker.io/nginxinc/nginx-unprivileged:1", false],
])("%s is of the release's registry: %s", (image, expected) => {
  expect(isOfSameRegistry(image, RELEASE)).toBe(expected)
})

test("a name without a host is of Docker Hub, as one with it", () => {
  expect(isOfSameRegistry("nginx:1", "docker.io/team/agent-backend@sha256:00")).toBe(true)
})
