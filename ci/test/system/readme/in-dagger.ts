import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, type TestContext } from "vitest"
import { dagger, noEngine, noRegistry, quickCheckout, registry } from "../dagger/engine.js"
import type { Exercise } from "./exercises.js"

const CALLS = [
  "dagger functions",
  "dagger call test",
  "dagger call test --only=server",
  "dagger check",
  "dagger call check",
  "dagger call build export --path=out",
  "dagger call report export --path=.runs/report",
]
const PUBLISH =
  "dagger call publish --registry-address=… --registry-user=… --registry-password=env://REGISTRY_PASSWORD --commit-sha=…"

const DEPLOY = "dagger call deploy --environment=staging --settings=env://SETTINGS --release=release.json"

/** The README's commands that need an engine. */
export const IN_DAGGER: readonly Exercise[] = [
  { commands: CALLS, run: (_, context) => inOneCheckout(CALLS, context) },
  { commands: [DEPLOY], run: (_, context) => refusedDeploy(context) },
  { commands: [PUBLISH, `${PUBLISH} --release-tag=v1.2.3`], run: (_, context) => publishAndRelease(context) },
]

async function inOneCheckout(commands: readonly string[], context: TestContext): Promise<void> {
  context.skip(noEngine !== undefined, noEngine)
  const copy = await quickCheckout()
  for (const command of commands) {
    const { all, exitCode } = await dagger(copy, command.split(" ").slice(1))
    expect(exitCode, `${command}\n${all}`).toBe(0)
  }
  await copy.remove()
}

/** There is no staging here: the call is understood, and what the settings lack is told. The deploy itself has its own test. */
async function refusedDeploy(context: TestContext): Promise<void> {
  context.skip(noEngine !== undefined, noEngine)
  const copy = await quickCheckout()
  await writeFile(join(copy.folder, "release.json"), "{}")
  const { all, exitCode } = await dagger(copy, DEPLOY.split(" ").slice(1), { SETTINGS: "TARGET=swarm" })
  expect(exitCode).not.toBe(0)
  expect(all).toMatch(/DATABASE_URL is missing/)
  await copy.remove()
}

async function publishAndRelease(context: TestContext): Promise<void> {
  const missing = noEngine ?? noRegistry
  context.skip(missing !== undefined, missing)
  const copy = await quickCheckout()
  const values = [registry.address, registry.user, await copy.git("rev-parse", "HEAD")]
  const filled = values
    .reduce((command, value) => command.replace("…", value), PUBLISH)
    .split(" ")
    .slice(1)
  for (const args of [filled, [...filled, "--release-tag=v1.2.3"]]) {
    const { all, exitCode } = await dagger(copy, args, { REGISTRY_PASSWORD: registry.password })
    expect(exitCode, all).toBe(0)
  }
  await copy.remove()
}
