import { describe, expect, test } from "vitest"
import { graceSeconds } from "../../../environment/settings/step-seconds.js"
import { imagesOf, partArgs } from "../../../targets/swarm/service-arguments.js"
import { INSTANCE, PASSWORD, SERVER, swarmSettings } from "./orders.js"

const settings = swarmSettings({ SERVER_REPLICAS: "3" })
const order = { stack: "agent-staging", settings, instance: INSTANCE, secret: "agent-staging-settings-1" }

describe("the arguments of a service", () => {
  const server = partArgs("server", order)
  const client = partArgs("client", order)

  test("name the image by digest, last", () => {
    expect(server.at(-1)).toBe(SERVER.reference)
  })

  test("say what it is and how often", () => {
    expect(server.join(" ")).toContain("--name agent-staging-server-green --replicas 3")
    expect(client.join(" ")).toContain("--name agent-staging-client-green --replicas 1")
    expect(server).toContain("delivery.environment=staging")
    expect(server).toContain("delivery.version=v1.2.3")
  })

  test("give the settings to the server alone, as a file", () => {
    expect(server.join(" ")).toContain("--secret source=agent-staging-settings-1,target=settings")
    expect(server).toContain("DOTENV_CONFIG_PATH=/run/secrets/settings")
    expect(client.join(" ")).not.toContain("settings")
    expect(client).toContain("API_BASE_URL=")
  })

  test("have no secret", () => {
    expect([...server, ...client].join(" ")).not.toContain(PASSWORD)
  })

  test("leave it nothing that it does not need", () => {
    for (const args of [server, client]) {
      expect(args.join(" ")).toContain("--read-only --cap-drop ALL --mount type=tmpfs,target=/tmp")
      expect(args.join(" ")).toContain("--endpoint-mode dnsrr")
    }
  })
})

test("a server has longer to end than it takes itself", () => {
  expect(graceSeconds(settings)).toBe(30)
  expect(graceSeconds(swarmSettings({ SHUTDOWN_DEADLINE_MS: "90500" }))).toBe(96)
})

test("a build of a machine is refused", () => {
  const built = {
    schemaVersion: 1,
    commit: "c0".repeat(20),
    build: "ab".repeat(32),
    migrations: [],
    tables: {},
  }
  expect(() => imagesOf({ ...built, schemaVersion: 1 })).toThrow(
    /the build c0c0c0c\+abababab of a machine; publish/,
  )
})
