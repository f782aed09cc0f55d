import { once } from "node:events"
import { execa } from "execa"
import { describe, expect, onTestFinished, test, vi } from "vitest"
import { freePort } from "../../../../host/free-port.js"
import type { Instance } from "../../../../targets/target.js"
import { docker } from "../../docker/docker.js"
import { deployed, environment, migrated, ready, seen, targetOf } from "./environment.js"
import { ground } from "./ground.js"

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

describe("the front", () => {
  test("goes back by itself when the deploy is killed after its switch, and the next deploy works", async () => {
    const { target, document } = await environment(await on.database.url())
    await migrated(target, on.release.good)
    await deployed(target, on.release.good, "v1")
    const next = await ready(target, on.release.good, "v2")
    const child = await switcher(document, next)
    expect(await seen(target)).toBe("v2")
    child.kill()
    await vi.waitFor(async () => expect(await seen(target)).toBe("v1"), SOON)
    expect(await target.serving()).toMatchObject({ colour: "blue", version: "v1" })
    await deployed(target, on.release.good, "v3")
    expect(await seen(target)).toBe("v3")
  })

  test("leads to the same after its own end, and to what is kept while a switch is open", async () => {
    const { target, settings } = await environment(await on.database.url())
    await migrated(target, on.release.good)
    await deployed(target, on.release.good, "v1")
    const next = await ready(target, on.release.good, "v2")
    const switched = await target.switchTo(next, AbortSignal.timeout(60_000))
    const names = await docker(["ps", "--quiet", "--filter", `name=${settings.STACK}-front`])
    await docker(["kill", names.stdout])
    await expect(switched.confirm()).rejects.toThrow("expected the front to hold the switch")
    await vi.waitFor(async () => expect(await seen(target)).toBe("v1"), SOON)
  })

  test("is replaced, with a notice, when its settings have changed, and leads where it did", async () => {
    const { target, settings } = await environment(await on.database.url())
    await migrated(target, on.release.good)
    await deployed(target, on.release.good, "v1")
    const port = await freePort()
    const changed = { ...settings, FRONT_PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` }
    const { target: moved, notices } = await targetOf(changed)
    await ready(moved, on.release.good, "v2")
    expect(notices).toEqual([expect.stringContaining("-front is replaced")])
    await vi.waitFor(async () => expect(await seen(moved)).toBe("v1"), SOON)
    await expect(seen(target), "the port of before is free again").rejects.toThrow("fetch failed")
    await ready(moved, on.release.good, "v3")
    expect(notices).toHaveLength(1)
  })

  test("keeps metrics to itself and passes on who asks", async () => {
    const { target } = await environment(await on.database.url())
    await migrated(target, on.release.good)
    await deployed(target, on.release.good, "v1")
    for (const path of ["/metrics", "/metrics/", "//metrics", "/api/..%2fmetrics", "/METRICS"])
      expect((await fetch(target.publicUrl + path)).status, path).toBe(404)
    const large = await fetch(`${target.publicUrl}/api/workflows`, { method: "POST", body: "x".repeat(3e6) })
    expect(large.status).toBeGreaterThanOrEqual(400)
    expect(large.status).toBeLessThan(500)
  })
})
