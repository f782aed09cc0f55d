import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { execa } from "execa"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { freePort } from "../../../../host/free-port.js"
import { project } from "../../../../pipeline/project.js"
import { frontContainer } from "../../../../targets/swarm/front/container.js"
import { switchFront } from "../../../../targets/swarm/front/switch.js"
import { openPlace } from "../../../../targets/swarm/open-place.js"
import type { SwarmSettings } from "../../../../environment/settings/settings.js"
import type { Instance, Target } from "../../../../targets/target.js"
import { docker } from "../../docker/docker.js"
import { deployed, environment, migrated, ready, seen, targetOf } from "./environment.js"
import { ground } from "./ground.js"
import { patience } from "./settings.js"

const on = ground()
const SOON = { timeout: 60_000, interval: 100 }

/** Another process that has switched to an instance and has not kept that. */
async function switcher(document: string, instance: Instance) {
  const env = { DOCUMENT: document, INSTANCE: JSON.stringify(instance) }
  const file = "ci/test/system/targets/swarm/switcher.ts"
  const child = execa(process.execPath, ["--import", "tsx", file], { env, stdin: "pipe", reject: false })
  onTestFinished(() => void child.kill("SIGKILL"))
  await once(child.stdout, "data")
  // Not the child itself, which would be waited for.
  return { kill: () => child.kill("SIGKILL") }
}

/** The same image under a name of the test's own. */
async function otherName(image: string): Promise<string> {
  const name = `test-front:${randomUUID()}`
  await docker(["tag", image, name])
  onTestFinished(() => void docker(["image", "rm", name]))
  return name
}

/** The same image under another name, with a command that ends at once. */
async function ending(image: string): Promise<string> {
  const name = `test-front:${randomUUID()}`
  const input = `FROM ${image}\nENTRYPOINT ["sh", "-c", "sleep 0.3; exit 1"]\n`
  await execa("docker", ["build", "--tag", name, "-"], { input })
  onTestFinished(() => void docker(["image", "rm", "--force", name]))
  return name
}

/** An environment in which `v1` serves, as blue. */
async function serving(more?: Readonly<Record<string, string>>) {
  const there = await environment(await on.database.url(), more)
  await migrated(there.target, on.release.good)
  await deployed(there.target, on.release.good, "v1")
  return there
}

const showsV1 = (target: Target) => vi.waitFor(async () => expect(await seen(target)).toBe("v1"), SOON)

async function expectRefusals({ publicUrl }: Target): Promise<void> {
  for (const path of ["/metrics", "/metrics/", "//metrics", "/api/..%2fmetrics", "/METRICS"])
    expect((await fetch(publicUrl + path)).status, path).toBe(404)
  const large = { method: "POST", body: "x".repeat(3e6) }
  expect((await fetch(`${publicUrl}/api/workflows`, large)).status, "as the server says").toBe(401)
}

async function expectOthersRefused(settings: SwarmSettings): Promise<void> {
  const { target } = await targetOf({ ...settings, environment: "production" })
  const words = /expected the stack .* to be of production, received one of staging; give STACK a name/
  await expect(target.serving()).rejects.toThrow(words)
  const order = { release: on.release.good, version: "v2" }
  await expect(target.start(order, patience())).rejects.toThrow(words)
}

describe("the front", () => {
  test("passes on what the server refuses; goes back by itself from a switch that nobody keeps", async () => {
    const { target, settings, document } = await serving()
    await expectRefusals(target)
    await expectOthersRefused(settings)
    const next = await ready(target, on.release.good, "v2")

    const deploy = await switcher(document, next)
    expect(await seen(target)).toBe("v2")
    deploy.kill()
    await showsV1(target)
    expect(await target.serving()).toMatchObject({ colour: "blue", version: "v1" })

    const { place, connection } = await openPlace(settings)
    const held = { container: await frontContainer(place), environment: connection.environment }
    const brief = await switchFront(held, { colour: "green", seconds: 10 }, patience())
    expect(await seen(target)).toBe("v2")
    await showsV1(target)
    await expect(brief.confirm(), "kept too late").rejects.toThrow("expected the front to hold the switch")
    await connection.close()

    const switched = await target.switchTo(next, AbortSignal.timeout(60_000))
    const names = await docker(["ps", "--quiet", "--filter", `name=${settings.STACK}-front`])
    await docker(["kill", names.stdout])
    await expect(switched.confirm()).rejects.toThrow("expected the front to hold the switch")
    await showsV1(target)

    await deployed(target, on.release.good, "v3")
    expect(await seen(target)).toBe("v3")
  })

  test("is replaced, with a notice, when its settings have changed, and leads where it did", async () => {
    // The registry of the releases takes every user; the front's image is of another one.
    const login = { REGISTRY_USER: "robot", REGISTRY_PASSWORD: "is-not-asked-for" }
    const { target, settings } = await serving(login)
    const port = await freePort()
    const changed = { ...settings, FRONT_PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` }
    const { target: moved, notices } = await targetOf(changed)
    await ready(moved, on.release.good, "v2")
    expect(notices).toEqual([expect.stringContaining("-front is replaced")])
    await showsV1(moved)
    await expect(seen(target), "the port of before is free again").rejects.toThrow("fetch failed")
    await ready(moved, on.release.good, "v3")
    expect(notices).toHaveLength(1)
    const FRONT_IMAGE = await otherName(project.bases.nginx)
    const { target: renewed } = await targetOf({ ...changed, FRONT_IMAGE })
    await ready(renewed, on.release.good, "v4")
    await showsV1(renewed)
  })

  test("stays what it was when the new one can't be started or ends at once, and the next deploy works", async () => {
    const { target, settings } = await serving()
    const missing = await targetOf({ ...settings, FRONT_IMAGE: "127.0.0.1:1/no/such-front:1" })
    await expect(ready(missing.target, on.release.good, "v2")).rejects.toThrow("docker image pull")
    const again = await targetOf({ ...settings, FRONT_IMAGE: await ending(project.bases.nginx) })
    await expect(ready(again.target, on.release.good, "v2")).rejects.toThrow(/front .* to answer/)
    await showsV1(target)
    await deployed(target, on.release.good, "v3")
    expect(await seen(target)).toBe("v3")
  })

  test("that does not run is mended by the next start, which leaves alone what it led to", async () => {
    const { target, settings } = await serving()
    // As after a node has left the swarm and joined it again: its id is another one.
    const front = `${settings.STACK}-front`
    await docker(["service", "update", "--detach", "--constraint-add", "node.id==another", front])
    const running = ["ps", "--quiet", "--filter", `name=${front}`]
    await vi.waitFor(async () => expect((await docker(running)).stdout).toBe(""), SOON)
    expect(await target.settled?.()).toMatchObject({ colour: "blue", version: "v1" })
    const instance = await ready(target, on.release.good, "v2")
    expect(instance.colour).toBe("green")
    await showsV1(target)
  })
})
