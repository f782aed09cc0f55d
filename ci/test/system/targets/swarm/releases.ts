import { execa } from "execa"
import { expect } from "vitest"
import { push } from "../../../../images/push.js"
import { registryAddress } from "../../../../registry/address.js"
import { withDockerConfig } from "../../../../registry/docker-config.js"
import type { ReleaseRecord } from "../../../../release/record.js"
import { built, type Built } from "../../docker/built.js"
import { docker } from "../../docker/docker.js"
import { ACCOUNT, registryProcess, startedRegistry } from "../../registry/registry.js"

/** What every release here says of its bill of materials, which no target reads. */
const SBOM = `sha256:${"0".repeat(64)}`

/** Releases in a registry that is gone when they are removed. */
export interface Releases {
  /** The platform as it is. */
  readonly good: ReleaseRecord
  /** One whose server ends at its start. */
  readonly crashing: ReleaseRecord
  readonly remove: () => Promise<void>
}

/** What the crashing server says before it ends. */
export const LAST_WORDS = "a part is missing"

/** Builds the project's two images, and one more that crashes, and pushes them into a registry of their own. */
export async function releases(): Promise<Releases> {
  const registry = await registryProcess({ accounts: false })
  const [server, client] = [await built("server"), await built("client")]
  const crash = await crashing(server)
  const image = async (tag: string, name: string) => {
    const repository = `${registry.address}/${name}`
    const digest = await push({ local: tag, repository, tag: "test", config: "" })
    return { reference: `${repository}@${digest}`, digest, sbom: SBOM }
  }
  const images = { server: await image(server.tag, "server"), client: await image(client.tag, "client") }
  const good = { schemaVersion: 1, commit: server.commit, images, migrations: [] } as const
  const bad = { ...good, images: { ...images, server: await image(crash, "crashing") } }
  const remove = async () => {
    await registry.remove()
    const pushed = [images.server, images.client, bad.images.server].map(({ reference }) => reference)
    const tagged = pushed.map((reference) => reference.replace(/@.*/, ":test"))
    await docker(["image", "rm", "--force", crash, ...tagged, ...pushed])
    await Promise.all([server.remove(), client.remove()])
  }
  return { good: { ...good, migrations: [] }, crashing: { ...bad, migrations: [] }, remove }
}

/** The same release in a registry that asks who one is, and in none besides; it goes with the test. */
export async function behindAccounts({ images, ...release }: ReleaseRecord): Promise<ReleaseRecord> {
  const address = await startedRegistry({ accounts: true })
  const moved = async (name: "server" | "client") => {
    const repository = `${address}/${name}`
    const login = { address: registryAddress(address), credentials: ACCOUNT }
    const to = { local: images[name].reference, repository, tag: "test" }
    const digest = await withDockerConfig(login, (config) => push({ ...to, config }))
    const reference = `${repository}@${digest}`
    // So that whoever starts it has to pull it.
    await docker(["image", "rm", reference, `${repository}:test`])
    return { ...images[name], reference, digest }
  }
  return { ...release, images: { server: await moved("server"), client: await moved("client") } }
}

async function crashing({ tag }: Built): Promise<string> {
  const crash = `${tag}-crashing`
  const command = `CMD ["node", "--eval", "console.error('${LAST_WORDS}'); process.exit(9)"]`
  const input = `FROM ${tag}\n${command}\n`
  const run = await execa("docker", ["build", "--tag", crash, "-"], { input, reject: false, all: true })
  expect(run.exitCode, run.all).toBe(0)
  return crash
}
