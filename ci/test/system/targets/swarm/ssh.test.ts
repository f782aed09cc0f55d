import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest"
import { swarmTarget } from "../../../../targets/swarm/swarm.js"
import { lab, noSwarm, skipWithoutSwarm, type Lab } from "./lab.js"
import { swarmSettings } from "./settings.js"
import { noSshd, sshd } from "./sshd.js"

skipWithoutSwarm()

let swarm: Lab
beforeAll(async () => {
  if (noSwarm === undefined) swarm = await lab()
})
afterAll(async () => {
  if (noSwarm === undefined) await swarm.leave()
})

type Access = Readonly<Record<"host" | "key" | "knownHosts", string>>

const settingsFor = ({ host, key, knownHosts }: Access) =>
  swarmSettings(`TARGET=swarm
DATABASE_URL=postgresql://nobody:nothing@127.0.0.1:1/none
PUBLIC_URL=http://127.0.0.1:1
DEFAULT_CONNECTOR=sandbox
BACKUP_STORE=/var/backups
STACK=test-ssh
DOCKER_HOST=${host}
SSH_PRIVATE_KEY="${key}"
SSH_KNOWN_HOSTS="${knownHosts}"
`)

/** The folders of this machine's runs that hold a file of the way to a swarm. */
async function having(file: string): Promise<string[]> {
  const names = await readdir(tmpdir())
  return names.filter((name) => existsSync(join(tmpdir(), name, "ssh", file)))
}
const keys = () => having("key")
const shared = () => having("shared")

describe.skipIf(noSshd !== undefined)("a swarm behind ssh", () => {
  test("is reached with the key of the settings, which is nowhere afterwards", async () => {
    const before = await keys()
    const target = await swarmTarget(settingsFor(await sshd()))
    expect(await target.serving()).toBeUndefined()
    expect((await keys()).length).toBe(before.length + 1)
    await target.close()
    expect(await keys()).toEqual(before)
  })

  test("is reached over one connection once that is there", async () => {
    const { logins, ...access } = await sshd()
    const target = await swarmTarget(settingsFor(access))
    await vi.waitFor(async () => expect(await shared()).toHaveLength(1), { timeout: 30_000 })
    const before = logins()
    for (let times = 0; times < 5; times++) expect(await target.serving()).toBeUndefined()
    expect(logins()).toBe(before)
    await target.close()
    expect(await shared()).toEqual([])
  })

  test("is refused when its host has another key than the pinned one", async () => {
    const { otherHosts, ...access } = await sshd()
    const opened = swarmTarget(settingsFor({ ...access, knownHosts: otherHosts }))
    await expect(opened).rejects.toThrow(/expected ssh:.* to be a manager of a swarm, received/)
  })
})
