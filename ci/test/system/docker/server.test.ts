import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { project } from "../../../pipeline/project.js"
import { built, type Built } from "./built.js"
import { databaseContainer, type DatabaseContainer } from "./database.js"
import {
  docker,
  HARDENED,
  health,
  inspected,
  noDocker,
  skipWithoutDocker,
  started,
  stopped,
} from "./docker.js"

skipWithoutDocker()

let image: Built
let database: DatabaseContainer
beforeAll(async () => {
  if (noDocker !== undefined) return
  image = await built("server")
  database = await databaseContainer()
  const { exitCode, all } = await once("npx", "prisma", "migrate", "deploy")
  expect(exitCode, all).toBe(0)
})
afterAll(async () => {
  if (noDocker !== undefined) return
  await database.remove()
  await image.remove()
})

/** Runs one command in a container of the server's image that has the database. */
const once = (...command: string[]) =>
  docker(["run", "--rm", ...HARDENED, ...database.args, image.tag, ...command], database.environment)

const server = () =>
  started(
    [...HARDENED, ...database.args, "--env", "DEFAULT_CONNECTOR=sandbox", image.tag],
    database.environment,
  )

describe("the server's image", () => {
  test("says which commit it is and where its code is", async () => {
    const labels = JSON.parse(await inspected(image.tag, "{{json .Config.Labels}}")) as unknown
    expect(labels).toMatchObject({
      "org.opencontainers.image.title": "agent-backend",
      "org.opencontainers.image.licenses": "MIT",
      "org.opencontainers.image.revision": image.commit,
      "org.opencontainers.image.source": image.source,
    })
  })

  test("does not run as root", async () => {
    expect((await once("id", "-u")).stdout).toBe("1000")
  })

  test("has what production needs and nothing else", async () => {
    const { stdout } = await once("ls", "../node_modules")
    const names = stdout.split("\n")
    expect(names).toEqual(expect.arrayContaining(["express", "prisma", "@prisma", "pg"]))
    const development = ["typescript", "tsx", "vitest", "vite", "eslint", "prettier", "react"]
    expect(development.filter((name) => names.includes(name))).toEqual([])
    const dropped = "find .. -name '*.map' -o -name '*.d.ts' -o -name 'query_*.mysql.*' -o -name '.env*'"
    expect((await once("sh", "-c", dropped)).stdout).toBe("")
  })

  test("adds less than 60 MB to its base", async () => {
    const size = async (name: string) => Number(await inspected(name, "{{.Size}}"))
    expect((await size(image.tag)) - (await size(project.bases.node))).toBeLessThan(60e6)
  })

  test("finds every migration applied", async () => {
    const status = await once("npx", "prisma", "migrate", "status")
    expect(status.exitCode, status.all).toBe(0)
    expect(status.stdout).toContain("Database schema is up to date")
    expect((await once("npx", "prisma", "migrate", "deploy")).stdout).toContain("No pending migrations")
  })

  test("makes an API key", async () => {
    const { stdout } = await once("node", "dist/keys.js", "create", "--name", "x", "--connector", "sandbox")
    expect(stdout).toMatch(/^aca_\S+$/)
  })

  test("becomes healthy, says its commit and ends in time when it is told to", async () => {
    const name = await server()
    expect(await health(name)).toBe("healthy")
    const ask = "fetch('http://127.0.0.1:3000/version').then((answer) => answer.text()).then(console.log)"
    const { stdout } = await docker(["exec", name, "node", "--eval", ask])
    expect(JSON.parse(stdout)).toMatchObject({ commit: image.commit })
    const end = await stopped(name)
    expect(end.exitCode).toBe("0")
    expect(end.seconds).toBeLessThan(25)
  })

  test("is not healthy without its database", async () => {
    const address = "postgresql://postgres:postgres@127.0.0.1:1/agent"
    const settings = ["--env", `DATABASE_URL=${address}`, "--env", "DEFAULT_CONNECTOR=sandbox"]
    const name = await started([
      ...HARDENED,
      "--network",
      "none",
      ...settings,
      "--health-start-period",
      "1s",
      image.tag,
    ])
    expect(await health(name)).toBe("unhealthy")
  })
})
