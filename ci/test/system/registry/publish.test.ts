import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { homedir, tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { execa } from "execa"
import { beforeAll, describe, expect, onTestFinished, test, type TestContext } from "vitest"
import { dockerProblem } from "../../../images/docker.js"
import { registryAddress } from "../../../registry/address.js"
import { blob } from "../../../registry/blobs.js"
import { withDockerConfig } from "../../../registry/docker-config.js"
import { manifest } from "../../../registry/manifests.js"
import { imageRepositories } from "../../../release/images.js"
import { ReleaseRecord } from "../../../release/record.js"
import { checkout, commitAll } from "../../../trial/checkout.js"
import { ACCOUNT, startedRegistry, withoutRegistry } from "./registry.js"

let withoutDocker: string | undefined
beforeAll(async () => {
  withoutDocker = await dockerProblem()
  if (withoutDocker) console.warn(`publishing is not tested: ${withoutDocker}`)
})
const needsDocker = (context: TestContext) => context.skip(withoutDocker !== undefined, withoutDocker)

/** A commit, the program in it, and a docker that writes down how it is called. */
async function ground(address: string) {
  const copy = await checkout()
  onTestFinished(() => copy.remove())
  const outside = await mkdtemp(join(tmpdir(), "publish-"))
  onTestFinished(() => rm(outside, { recursive: true, force: true }))
  const temporary = join(outside, "tmp")
  await mkdir(temporary)
  const { stdout: docker } = await execa("sh", ["-c", "command -v docker || true"])
  const calls = join(outside, "calls")
  const spy = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${calls}'\nenv >>'${calls}'\nexec ${docker} "$@"\n`
  await writeFile(join(outside, "docker"), spy)
  await chmod(join(outside, "docker"), 0o755)
  const publish = (...flags: string[]) =>
    execa("npm", ["run", "--silent", "publish:images", "--", "--registry-address", address, ...flags], {
      cwd: copy.folder,
      env: {
        REGISTRY_PASSWORD: ACCOUNT.password,
        PATH: [outside, process.env["PATH"] ?? ""].join(delimiter),
        TMPDIR: temporary,
      },
      reject: false,
      stdin: "ignore",
    })
  const called = () => readFile(calls, "utf8").catch(() => "")
  return { copy, publish, called, temporary, commit: await copy.git("rev-parse", "HEAD") }
}

const USER = ["--registry-user", ACCOUNT.user] as const

describe.skipIf(withoutRegistry !== undefined)("publish", () => {
  test("builds and pushes a commit once; what it recorded can be pulled", async (context) => {
    needsDocker(context)
    const address = await startedRegistry({ accounts: true })
    const { publish, called, temporary, commit } = await ground(address)
    const own = await readFile(join(homedir(), ".docker/config.json"), "utf8").catch(() => "")
    const first = await publish(...USER, "--result", join(temporary, "result.json"))
    expect(first.exitCode, first.stderr).toBe(0)
    const record = ReleaseRecord.parse(JSON.parse(first.stdout))
    onTestFinished(() => removeImages(record))
    expect(record.commit).toBe(commit)
    expect(await readFile(join(temporary, "result.json"), "utf8")).toBe(`${first.stdout}\n`)

    const calls = await called()
    expect(calls).toContain(`push ${address}/agent-backend:${commit}`)
    const secrets = [ACCOUNT.password, Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString("base64")]
    // Not by toContain, which would print the whole environment.
    const places = { calls, stdout: first.stdout, stderr: first.stderr }
    for (const [place, text] of Object.entries(places))
      expect([place, secrets.filter((secret) => text.includes(secret))]).toEqual([place, []])
    expect(await readdir(temporary)).not.toContainEqual(expect.stringMatching(/^aca-ci-/))
    expect(await readFile(join(homedir(), ".docker/config.json"), "utf8").catch(() => "")).toBe(own)

    const second = await publish(...USER)
    expect([second.exitCode, second.stdout]).toEqual([0, first.stdout])
    expect(await called()).toBe(calls)

    const promoted = await publish(...USER, "--release-tag", "v1.2.3")
    expect([promoted.exitCode, promoted.stdout]).toEqual([0, first.stdout])
    await pulled(address, record)
    await expectRightBill(address, record)
  })

  test("refuses a working tree with changes, and a commit that is not checked out", async () => {
    const address = await startedRegistry({ accounts: true })
    const { copy, publish, called, commit } = await ground(address)
    await writeFile(join(copy.folder, "README.md"), "changed")
    const dirty = await publish(...USER)
    expect([dirty.exitCode, dirty.stdout]).toEqual([1, ""])
    expect(dirty.stderr).toContain('expected a working tree without changes, found "M README.md"; commit')

    await commitAll(copy.git, "feat: change")
    const other = await publish(...USER, "--commit-sha", commit)
    expect([other.exitCode, other.stdout]).toEqual([1, ""])
    expect(other.stderr).toContain(`expected ${commit} to be checked out, found`)
    expect(await called()).toBe("")
  })

  test("for several platforms needs buildx, and says so", async (context) => {
    needsDocker(context)
    const buildx = await execa("docker", ["buildx", "version"], { reject: false })
    context.skip(!buildx.failed, "this docker has buildx")
    const address = await startedRegistry({ accounts: true })
    const { publish } = await ground(address)
    const { exitCode, stderr } = await publish(...USER, "--platform", "linux/amd64,linux/arm64")
    expect(exitCode).toBe(1)
    expect(stderr).toContain("error: expected docker buildx, to build for linux/amd64,linux/arm64; received:")
  })

  test("is told wrong credentials before anything is built", async () => {
    const address = await startedRegistry({ accounts: true })
    const { publish, called } = await ground(address)
    const { exitCode, stderr } = await publish("--registry-user", "somebody")
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`${address}: expected to let in the user somebody, received 401; check`)
    expect(await called()).toBe("")
  })
})

async function removeImages({ images: { server, client }, commit }: ReleaseRecord): Promise<void> {
  const named = [server, client].map(({ reference }) => reference.replace(/@.*/, `:${commit}`))
  const local = ["agent-backend", "agent-frontend"].map((name) => `${name}:${commit}`)
  const all = [...named, ...local, server.reference, client.reference]
  await execa("docker", ["image", "rm", ...all], { reject: false })
}

/** Takes the images off this machine, so that they come from the registry. */
async function pulled(address: string, record: ReleaseRecord): Promise<void> {
  await removeImages(record)
  await withDockerConfig({ address: registryAddress(address), credentials: ACCOUNT }, async (config) => {
    for (const { reference } of Object.values(record.images)) {
      await execa("docker", ["pull", "--quiet", reference], { env: { DOCKER_CONFIG: config } })
    }
  })
}

/** The bill of materials names the npm packages that are in the image, and no other. */
async function expectRightBill(address: string, record: ReleaseRecord): Promise<void> {
  const { server } = imageRepositories({ address: registryAddress(address), credentials: ACCOUNT })
  const { bytes = new Uint8Array() } = (await manifest(server, record.images.server.sbom)) ?? {}
  const { layers } = JSON.parse(Buffer.from(bytes).toString()) as { layers: [{ digest: string }] }
  const bill = Buffer.from(await blob(server, layers[0].digest)).toString()
  const { components } = JSON.parse(bill) as { components: { name: string; version: string; purl: string }[] }
  const named = components
    .filter(({ purl }) => purl.startsWith("pkg:npm/"))
    .map(({ name, version }) => `${name}@${version}`)
  expect(named.sort()).toEqual(await installedIn(record.images.server.reference))
  expect(components.length).toBeGreaterThan(named.length + 50)
}

async function installedIn(image: string): Promise<string[]> {
  const script = `const { globSync } = require("node:fs")
    const manifests = globSync(["/app/**/node_modules/*/package.json", "/app/**/node_modules/@*/*/package.json"])
    console.log(JSON.stringify(manifests.map(require).map(({ name, version }) => name + "@" + version)))`
  const args = ["run", "--rm", "--entrypoint", "node", image, "--eval", script]
  const { stdout } = await execa("docker", args)
  return [...new Set(JSON.parse(stdout) as string[])].sort()
}
