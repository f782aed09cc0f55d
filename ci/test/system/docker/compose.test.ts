import { randomUUID } from "node:crypto"
import { execa } from "execa"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { freePort } from "../../../host/free-port.js"
import { checkout, type Checkout } from "../../../trial/checkout.js"
import { compose, noCompose } from "./compose.js"
import { noDocker, skipWithoutDocker } from "./docker.js"

const COMMIT = "0123456789abcdef0123456789abcdef01234567"

let copy: Checkout
let environment: Record<string, string>
beforeAll(async () => {
  if (noDocker !== undefined) return
  copy = await checkout()
  environment = await settings()
})
afterAll(async () => {
  if (noDocker !== undefined) return
  if (noCompose === undefined) await run("down", "--volumes", "--rmi", "local")
  await copy.remove()
})
skipWithoutDocker()
beforeEach((context) => context.skip(noCompose !== undefined, noCompose))

async function settings() {
  const ports = await Promise.all([freePort(), freePort(), freePort()])
  const [CLIENT_PORT = "", SERVER_PORT = "", DATABASE_PORT = ""] = ports.map(String)
  const COMPOSE_PROJECT_NAME = `test-${randomUUID()}`
  const DOCKER_BUILDKIT = process.env["DOCKER_BUILDKIT"] ?? "0"
  return { COMPOSE_PROJECT_NAME, COMMIT, CLIENT_PORT, SERVER_PORT, DATABASE_PORT, DOCKER_BUILDKIT }
}

/** Runs compose in the copy. */
async function run(...args: string[]): Promise<string> {
  const [file = "", ...first] = compose
  const options = { cwd: copy.folder, env: environment, reject: false, all: true } as const
  const { exitCode, all, stdout } = await execa(file, [...first, ...args], options)
  expect(exitCode, all).toBe(0)
  return stdout
}

const address = (port: string) => `http://127.0.0.1:${environment[port] ?? ""}`

/** The smoke test as a person runs it. */
function smoke(key: string) {
  const urls = ["--server-url", address("SERVER_PORT"), "--client-url", address("CLIENT_PORT")]
  const args = ["run", "--silent", "smoke", "--", ...urls, "--commit-sha", COMMIT]
  return execa("npm", args, { env: { SMOKE_API_KEY: key }, reject: false, all: true })
}

const up = () => run("up", "--build", "--detach")
const createKey = ["node", "dist/keys.js", "create", "--name", "smoke", "--connector", "sandbox"]

describe("docker-compose.yml", () => {
  test("is valid", async () => {
    await run("config", "--quiet")
  })

  test("brings up a platform that works and keeps its data until it is told otherwise", async () => {
    await up()
    const key = await run("exec", "-T", "server", ...createKey)
    const first = await smoke(key)
    expect(first.exitCode, first.all).toBe(0)

    await run("down")
    await up()
    const second = await smoke(key)
    expect(second.exitCode, second.all).toBe(0)
  })
})
