import { expect, test } from "vitest"
import type { CallOptions, Docker } from "../../../../targets/swarm/docker-call.js"
import { pullFrontImage } from "../../../../targets/swarm/front/front-image.js"
import type { SwarmPlace } from "../../../../targets/swarm/swarm-place.js"
import { swarmSettings } from "../orders.js"

/** The options with which a node that does not have the front's image is told to pull it. */
async function pulled(image: string, release: string): Promise<CallOptions | undefined> {
  const login = { REGISTRY_USER: "robot", REGISTRY_PASSWORD: "secret", FRONT_IMAGE: image }
  let options: CallOptions | undefined
  const docker: Docker = (args, given) => {
    if (args[1] === "pull") options = given
    return Promise.resolve({ exitCode: args[1] === "inspect" ? 1 : 0, stdout: "", stderr: "" })
  }
  const place = { settings: swarmSettings(login), stack: "test", node: "node", docker } satisfies SwarmPlace
  await pullFrontImage(place, release, new AbortController().signal)
  return options
}

test.each([
  ["nginxinc/nginx-unprivileged:1", "docker.io/team/agent-backend@sha256:00"],
  ["nginx:1", "docker.io/team/agent-backend@sha256:00"],
  ["registry.example/nginx:1", "registry.example/team/agent-backend@sha256:00"],
])("%s is pulled with the credentials of %s", async (image, release) => {
  expect(Object.keys((await pulled(image, release))?.environment ?? {})).toEqual(["DOCKER_CONFIG"])
})

test("an image of another registry is pulled without them", async () => {
  expect(await pulled("nginx:1", "registry.example/team/agent-backend@sha256:00")).not.toHaveProperty(
    "environment",
  )
})
