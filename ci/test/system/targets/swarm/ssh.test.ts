import { readdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
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
STACK=test-ssh
DOCKER_HOST=${host}
SSH_PRIVATE_KEY="${key}"
SSH_KNOWN_HOSTS="${knownHosts}"
`)

const runs = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("aca-ci-")).sort()

describe.skipIf(noSshd !== undefined)("a swarm behind ssh", () => {
  test("is reached with the key of the settings, which is nowhere afterwards", async () => {
    const before = await runs()
    const target = await swarmTarget(settingsFor(await sshd()))
    expect(await target.serving()).toBeUndefined()
    await target.close()
    expect((await runs()).filter((name) => !before.includes(name))).toEqual([])
  })

  test("is refused when its host has another key than the pinned one", async () => {
    const { otherHosts, ...access } = await sshd()
    const opened = swarmTarget(settingsFor({ ...access, knownHosts: otherHosts }))
    await expect(opened).rejects.toThrow(/expected ssh:.* to be a manager of a swarm, received/)
  })
})
