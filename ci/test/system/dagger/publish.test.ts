import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { ReleaseRecord } from "../../../release/record.js"
import type { Checkout } from "../../../trial/checkout.js"
import { dagger, noRegistry, quickCheckout, registry, skipWithoutEngine } from "./engine.js"

skipWithoutEngine()

const { address, user, password } = registry
const CANARY = "canary-5d1f0a9c2be84e7a"

let copy: Checkout
let commit: string
beforeAll(async () => {
  copy = await quickCheckout()
  commit = await copy.git("rev-parse", "HEAD")
  const settings = [
    `OPENAI_API_KEY=${CANARY}`,
    `DATABASE_URL=postgresql://a:${CANARY}@b/c`,
    "COMMIT=wrong",
    "PORT=1",
  ]
  await writeFile(join(copy.folder, ".env"), settings.join("\n"))
})
afterAll(() => copy.remove())

const image = (name: string, ...chain: string[]) =>
  dagger(copy, [
    "call",
    `${name}-image`,
    `--commit-sha=${commit}`,
    "--source-url=https://code.example/team/it",
    ...chain,
  ])

describe("an image", () => {
  test.each(["server", "client"])("of the %s carries its commit and where it is from", async (name) => {
    const revision = await image(name, "label", "--name=org.opencontainers.image.revision")
    expect(revision.stdout.trim(), revision.all).toBe(commit)
    const source = await image(name, "label", "--name=org.opencontainers.image.source")
    expect(source.stdout.trim()).toBe("https://code.example/team/it")
  })

  test("of the server runs as an ordinary user, and can migrate", async () => {
    const user = await image("server", "user")
    expect(user.stdout.trim()).toBe("node")
    const version = await image("server", "with-exec", "--args=npx,prisma,--version", "stdout")
    expect(version.stdout, version.all).toMatch(/prisma +: 6\./)
  })
})

describe("publish", () => {
  beforeEach((context) => context.skip(noRegistry !== undefined, noRegistry))

  test("pushes both images, gives the same record again, and adds a version to the same digests", async () => {
    const first = await publish(commit)
    expect(first.exitCode, first.all).toBe(0)
    const record = ReleaseRecord.parse(JSON.parse(first.stdout))
    expect(record.commit).toBe(commit)

    const second = await publish(commit)
    expect(second.stdout).toBe(first.stdout)
    expect(second.all).not.toContain("dockerBuild")

    const tag = `v0.0.${Date.now()}`
    const promoted = await publish(commit, `--release-tag=${tag}`)
    expect(promoted.stdout).toBe(first.stdout)
    for (const { reference, digest } of Object.values(record.images)) {
      const [repository = ""] = reference.split("@")
      expect(await digestOf(repository, tag)).toBe(digest)
      expect(await digestOf(repository, digest)).toBe(digest)
    }
    for (const { all } of [first, second, promoted]) {
      expect(all).not.toContain(CANARY)
      expect(all).not.toContain(password)
    }
  })

  test("of a version for a commit that nobody published fails and says so", async () => {
    const { exitCode, all } = await publish("0".repeat(40), "--release-tag=v9.9.9")
    expect(exitCode).toBe(1)
    expect(all).toContain(`expected a release record of commit ${"0".repeat(40)}`)
  })

  test("with a wrong password says whose it is and never which", async () => {
    environment["REGISTRY_PASSWORD"] = `${CANARY}-wrong`
    const { exitCode, all } = await publish(commit)
    expect(exitCode).toBe(1)
    expect(all).toContain(user)
    expect(all).not.toContain(CANARY)
  })
})

const environment = { REGISTRY_PASSWORD: password, OPENAI_API_KEY: CANARY }

function publish(sha: string, ...flags: string[]) {
  const where = [`--registry-address=${address}`, `--registry-user=${user}`]
  const whoAndWhat = ["--registry-password=env://REGISTRY_PASSWORD", `--commit-sha=${sha}`]
  return dagger(copy, ["call", "publish", ...where, ...whoAndWhat, ...flags], environment)
}

/** Asked without the project's own client, as a stranger would. */
async function digestOf(reference: string, tag: string): Promise<string | null> {
  const [, host = "", repository = ""] = /^([^/]+)\/(.*)$/.exec(reference) ?? []
  const accept = ["oci.image.manifest.v1", "docker.distribution.manifest.v2"].map(
    (type) => `application/vnd.${type}+json`,
  )
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`
  const url = `http://${host}/v2/${repository}/manifests/${tag}`
  const { headers } = await fetch(url, {
    method: "HEAD",
    headers: { authorization, accept: accept.join(", ") },
  })
  return headers.get("docker-content-digest")
}

test("a working tree with changes is not published by the command line", async () => {
  await writeFile(join(copy.folder, "server/changed.txt"), "a change")
  const args = [
    "run",
    "--silent",
    "ci",
    "--",
    "publish",
    "--on",
    "dagger",
    "--registry-address",
    "127.0.0.1:1",
  ]
  const { exitCode, stderr } = await execa("npm", args, { cwd: copy.folder, reject: false, stdin: "ignore" })
  await rm(join(copy.folder, "server/changed.txt"))
  expect(exitCode).toBe(1)
  expect(stderr).toContain('expected a working tree without changes, found "?? server/changed.txt"')
})
