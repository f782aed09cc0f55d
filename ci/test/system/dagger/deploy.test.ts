import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { freePort } from "../../../host/free-port.js"
import { scratch } from "../../../host/reaper/scratch.js"
import { withMigration } from "../../../trial/edits.js"
import { startEmulator } from "../../data/moto.js"
import { LATER, platformReleases } from "../deploy/swarm-releases.js"
import { environment, seen } from "../targets/swarm/environment.js"
import { ground } from "../targets/swarm/ground.js"
import { dagger, noEngine, quickCheckout } from "./engine.js"

/** A Docker daemon that is a swarm's manager, at an address that the engine's containers reach, too. */
const DOCKER_HOST = process.env["TEST_DOCKER_HOST"]
const missing =
  noEngine ??
  (DOCKER_HOST ? undefined : "TEST_DOCKER_HOST names no Docker daemon, such as tcp://10.0.0.1:2375")
if (missing !== undefined) console.warn(`nothing is deployed from Dagger: ${missing}`)
beforeEach((context) => context.skip(missing !== undefined, missing))

const on = ground(missing)

test("a release is deployed, taken back and listed from Dagger as from the host", async () => {
  const releases = await platformReleases(on.release)
  const port = `${await freePort()}`
  const { hostname } = new URL(DOCKER_HOST ?? "")
  const own = scratch()
  onTestFinished(() => own.clear())
  const emulator = await startEmulator(own, hostname)
  if (typeof emulator === "string") throw new Error(emulator)
  const { target, document } = await environment(await on.database.url(), {
    ...{ DOCKER_HOST: DOCKER_HOST ?? "", FRONT_PORT: port, PUBLIC_URL: `http://${hostname}:${port}` },
    ...emulator.settings,
  })
  const copy = await quickCheckout()
  onTestFinished(copy.remove)
  await withMigration(LATER.name, LATER.sql)(copy.folder)
  const call = async (name: string, ...flags: string[]) => {
    const where = ["--environment=staging", "--settings=env://SETTINGS"]
    return dagger(copy, ["call", name, ...where, ...flags], { SETTINGS: document })
  }
  const release = async (record: object) =>
    writeFile(join(copy.folder, "release.json"), JSON.stringify(record))

  await release(releases.good)
  const deployed = await call("deploy", "--release=release.json", "--release-tag=v1.0.0", "--by=a test")
  expect(deployed.exitCode, deployed.all).toBe(0)
  expect(deployed.all).toContain("deploy succeeded")
  expect(await seen(target)).toBe("v1.0.0")

  await release(releases.crashing)
  const broken = await call("deploy", "--release=release.json", "--release-tag=v2.0.0")
  expect(broken.exitCode, broken.all).toBe(3)
  expect(broken.all).toMatch(/deploy taken back/)
  expect(await seen(target)).toBe("v1.0.0")

  await release(releases.later)
  const next = await call("deploy", "--release=release.json", "--release-tag=v3.0.0")
  expect(next.exitCode, next.all).toBe(0)
  const back = await call("rollback", "--by=another")
  expect(back.exitCode, back.all).toBe(0)
  expect(await seen(target)).toBe("v1.0.0")
  const looked = await call("journey")
  expect(looked.exitCode, looked.all).toBe(0)
  expect(looked.all).toContain("seen to succeed and removed in a browser")

  const listed = await call("deployments")
  expect(listed.all).toMatch(/4 {2}rollback v1\.0\.0 .* succeeded/)
  expect(listed.all).toMatch(/2 {2}deploy v2\.0\.0 .* taken back/)
  expect(listed.all).toMatch(/1 {2}deploy v1\.0\.0 .* succeeded/)
  expect(listed.all).toContain("by a test")
  expect([deployed, broken, next, back, looked, listed].map(({ all }) => all).join("\n")).not.toContain(
    on.database.password,
  )
})
