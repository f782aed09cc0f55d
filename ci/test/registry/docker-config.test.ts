import { once } from "node:events"
import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { expect, onTestFinished, test, vi } from "vitest"
import { registryAddress } from "../../registry/address.js"
import { withDockerConfig } from "../../registry/docker-config.js"

const LOGIN = {
  address: registryAddress("registry.test:5000/team"),
  credentials: { user: "publisher", password: "moonlight" },
}

/** A user's own configuration of docker, which names a context and holds a login. */
async function ownConfig() {
  const own = await mkdtemp(join(tmpdir(), "own-docker-"))
  onTestFinished(() => rm(own, { recursive: true }))
  await mkdir(join(own, "cli-plugins"))
  await writeFile(join(own, "cli-plugins/docker-buildx"), "")
  const config = { currentContext: "desktop", auths: { "own.test": { auth: "b3duOnNlY3JldA==" } } }
  await writeFile(join(own, "config.json"), JSON.stringify(config))
  vi.stubEnv("DOCKER_CONFIG", own)
  onTestFinished(() => void vi.unstubAllEnvs())
  return own
}

test("docker is given the credentials in a file for its owner alone, and finds its context and plugins", async () => {
  await ownConfig()
  await withDockerConfig(LOGIN, async (folder) => {
    const file = join(folder, "config.json")
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
      currentContext: "desktop",
      auths: { "registry.test:5000": { auth: Buffer.from("publisher:moonlight").toString("base64") } },
    })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect(existsSync(join(folder, "cli-plugins/docker-buildx"))).toBe(true)
  })
})

test("the file is taken away afterwards, also after an error; the user's own files stay", async () => {
  const own = await ownConfig()
  const before = await readFile(join(own, "config.json"), "utf8")
  let used = ""
  const failing = withDockerConfig(LOGIN, (folder) => {
    used = folder
    return Promise.reject(new Error("no push"))
  })
  await expect(failing).rejects.toThrow("no push")
  expect([used !== "", existsSync(used)]).toEqual([true, false])
  expect(existsSync(join(own, "cli-plugins/docker-buildx"))).toBe(true)
  expect(await readFile(join(own, "config.json"), "utf8")).toBe(before)
})

test("without credentials docker is given none, not even the user's own", async () => {
  await ownConfig()
  await withDockerConfig({ address: LOGIN.address }, async (folder) => {
    const config: unknown = JSON.parse(await readFile(join(folder, "config.json"), "utf8"))
    expect(config).toEqual({ currentContext: "desktop", auths: {} })
  })
})

test.each(["SIGINT", "SIGTERM"] as const)("the file goes with a program that %s ends", async (signal) => {
  const module = (name: string) => new URL(`../../registry/${name}.ts`, import.meta.url).href
  const script = `
    import { registryAddress } from ${JSON.stringify(module("address"))}
    import { withDockerConfig } from ${JSON.stringify(module("docker-config"))}
    const login = { address: registryAddress("registry.test"), credentials: { user: "a", password: "b" } }
    await withDockerConfig(login, (folder) => {
      console.log(folder)
      return new Promise((resolve) => setTimeout(resolve, 60_000))
    })`
  const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "--eval", script]
  const child = execa(process.execPath, args, { reject: false })
  const [folder] = (await once(child.stdout, "data")).map(String)
  expect(existsSync(join(folder?.trim() ?? "", "config.json"))).toBe(true)
  child.kill(signal)
  expect((await child).exitCode).toBe(130)
  expect(existsSync(folder?.trim() ?? "")).toBe(false)
})
