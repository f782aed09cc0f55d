import { randomBytes } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { onTestFinished } from "vitest"
import type { SwarmSettings } from "../../../../environment/settings/settings.js"
import { freePort } from "../../../../host/free-port.js"
import { project } from "../../../../pipeline/project.js"
import type { ReleaseRecord } from "../../../../release/record.js"
import { colourVolume, stackName } from "../../../../targets/swarm/names.js"
import { removeStack } from "../../../../targets/swarm/stack.js"
import { swarmTarget } from "../../../../targets/swarm/swarm.js"
import type { Instance, Target } from "../../../../targets/target.js"
import { docker } from "../../docker/docker.js"
import { patience, swarmSettings } from "./settings.js"

/** A key of a service that nobody calls; it has to turn up nowhere. */
export const KEY = "sk-moonlight-on-the-swarm-4711"

/**
 * An environment on the swarm that is gone when the test is over.
 * @param more settings beside those that every environment here has
 */
export async function environment(databaseUrl: string, more: Readonly<Record<string, string>> = {}) {
  const port = await freePort()
  const document = {
    TARGET: "swarm",
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    FRONT_PORT: String(port),
    STACK: `test-${randomBytes(4).toString("hex")}`,
    DEFAULT_CONNECTOR: "sandbox",
    BACKUP_STORE: "/var/backups",
    OPENAI_API_KEY: KEY,
    SANDBOX_KEYS: "OPENAI_API_KEY",
    RATE_LIMIT_PER_MINUTE: "1000000",
    ...more,
  }
  const text = Object.entries(document).map(([name, value]) => `${name}='${value}'\n`)
  const settings = swarmSettings(text.join(""))
  onTestFinished(() => removed(settings))
  return { settings, document: text.join(""), ...(await targetOf(settings)) }
}

export type Environment = Awaited<ReturnType<typeof environment>>

/** The target of an environment, as one deploy has it. */
export async function targetOf(settings: SwarmSettings) {
  const notices: string[] = []
  const target = await swarmTarget(settings, (text) => notices.push(text))
  onTestFinished(() => target.close())
  return { target, notices }
}

async function removed(settings: SwarmSettings): Promise<void> {
  await removeStack(settings)
  const volume = colourVolume(stackName(settings))
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    if ((await docker(["volume", "rm", "--force", volume])).exitCode === 0) return
    await sleep(250)
  }
}

/** Brings a database to a release's schema. */
export async function migrated(target: Target, release: ReleaseRecord): Promise<void> {
  const lines: string[] = []
  const command = { argv: project.commands.migrate, line: (text: string) => lines.push(text) }
  const { exitCode } = await target.run({ release, version: "any" }, command, patience())
  if (exitCode !== 0) throw new Error(lines.join("\n"))
}

/** Starts a release and waits until it is ready. */
export async function ready(target: Target, release: ReleaseRecord, version: string): Promise<Instance> {
  const instance = await target.start({ release, version }, patience())
  const signal = patience()
  for (;;) {
    signal.throwIfAborted()
    const answer = await target.ask(instance, "/readyz", signal).catch(() => undefined)
    if (answer?.status === 200) return instance
    await sleep(200)
  }
}

/** Deploys a release, without the care that a deploy takes. */
export async function deployed(target: Target, release: ReleaseRecord, version: string): Promise<Instance> {
  const instance = await ready(target, release, version)
  await (await target.switchTo(instance, patience())).confirm()
  await target.remove(instance.colour === "blue" ? "green" : "blue", patience(40))
  return instance
}

/** The version that everybody sees. */
export async function seen({ publicUrl }: Target): Promise<string> {
  const response = await fetch(`${publicUrl}/version`)
  if (!response.ok) return `${response.status}`
  return ((await response.json()) as { version: string }).version
}
