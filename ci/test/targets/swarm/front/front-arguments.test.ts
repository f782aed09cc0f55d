import { describe, expect, test } from "vitest"
import { createFrontArgs, updateFrontArgs } from "../../../../targets/swarm/front/front-arguments.js"

const PLAN = {
  stack: "agent-staging",
  environment: "staging",
  image: "nginx:1",
  port: 8081,
  node: "n0de",
  configuration: "agent-staging-front-2",
  fingerprint: "f1",
}

describe("the front", () => {
  const created = createFrontArgs(PLAN).join(" ")

  test("stands on its node, with a port and a volume there", () => {
    expect(created).toContain("--constraint node.id==n0de")
    expect(created).toContain("--publish mode=host,protocol=tcp,target=8080,published=8081")
    expect(created).toContain("--mount type=volume,source=agent-staging-colour,target=/colour")
  })

  test("has its configuration from a docker config", () => {
    expect(created).toContain("--config source=agent-staging-front-2,target=/etc/nginx/nginx.conf nginx:1")
  })

  test("is changed in place, with the configurations of before taken from it", () => {
    const there = {
      configurations: ["agent-staging-front-1", "agent-staging-front-2"],
      ports: [8081],
      constraints: ["node.id==n0de"],
    }
    const updated = updateFrontArgs(PLAN, there).join(" ")
    expect(updated).toContain("service update --detach --quiet --image nginx:1")
    expect(updated).toContain("--config-rm agent-staging-front-1 --config-add source=agent-staging-front-2,")
    expect(updated).not.toContain("--config-rm agent-staging-front-2")
    expect(updated, "docker would take the port away").not.toContain("--publish")
    expect(updated).not.toContain("--constraint")
  })

  test("moves to another port by the whole of what it published", () => {
    const there = { configurations: [], ports: [80], constraints: ["node.id==n0de"] }
    const updated = updateFrontArgs(PLAN, there).join(" ")
    expect(updated).toContain("--publish-rm mode=host,protocol=tcp,target=8080 --publish-add mode=host,")
  })

  test("moves to the id that its node has by now", () => {
    const there = { configurations: [], ports: [8081], constraints: ["node.id==before"] }
    const updated = updateFrontArgs(PLAN, there).join(" ")
    expect(updated).toContain("--constraint-add node.id==n0de --constraint-rm node.id==before")
  })
})
