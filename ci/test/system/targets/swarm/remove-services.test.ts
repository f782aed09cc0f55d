import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest"
import { project } from "../../../../pipeline/project.js"
import { dockerCaller } from "../../../../targets/swarm/docker-call.js"
import { removeServices } from "../../../../targets/swarm/remove-services.js"
import { tasksOf } from "../../../../targets/swarm/tasks.js"
import { docker } from "../../docker/docker.js"
import { lab, noSwarm, skipWithoutSwarm } from "./lab.js"
import { patience } from "./settings.js"

skipWithoutSwarm()
let leave = () => Promise.resolve()
beforeAll(async () => {
  if (noSwarm === undefined) leave = (await lab()).leave
})
afterAll(() => leave())

const call = dockerCaller({})

/** A service of three containers that run this. */
async function service(command: string): Promise<string> {
  const name = `test-${randomUUID()}`
  const options = [
    "--replicas",
    "3",
    "--init",
    "--stop-grace-period",
    "90s",
    "--restart-delay",
    "0s",
    "--entrypoint",
    "sh",
  ]
  const args = ["service", "create", "--detach", "--name", name, ...options, project.bases.nginx]
  expect(await docker([...args, "-c", command])).toMatchObject({ exitCode: 0 })
  onTestFinished(() => void docker(["service", "rm", name]))
  return name
}

/** Waits until containers of a service have come to a state. */
const until = (name: string, state: string) =>
  vi.waitFor(
    async () => {
      const states = (await tasksOf({ docker: call }, name)).map(({ Status }) => Status.State)
      expect(states.filter((found) => found === state).length).toBeGreaterThanOrEqual(3)
    },
    { timeout: 30_000, interval: 200 },
  )

const left = async (name: string) =>
  (await docker(["service", "ls", "--quiet", "--filter", `name=${name}`])).stdout

test.for([
  ["that runs", "sleep 1000", "running"],
  ["whose containers end at once, again and again", "exit 1", "failed"],
] as const)("a service %s is removed", async ([, command, state]) => {
  const name = await service(command)
  await until(name, state)
  await removeServices({ docker: call }, [name], patience(60))
  expect(await left(name)).toBe("")
})

test("a service that takes long to end is removed at the signal's end", async () => {
  const name = await service("trap '' TERM; while :; do sleep 1; done")
  await until(name, "running")
  const begin = Date.now()
  await removeServices({ docker: call }, [name], AbortSignal.timeout(2_000))
  expect(Date.now() - begin, "what docker grants by itself").toBeLessThan(60_000)
  expect(await left(name)).toBe("")
})
