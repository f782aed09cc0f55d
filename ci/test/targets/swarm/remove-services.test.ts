import { expect, test } from "vitest"
import type { Docker } from "../../../targets/swarm/docker-call.js"
import { removeServices } from "../../../targets/swarm/remove-services.js"

const task = (State: string, DesiredState: string) => ({
  ...{ ID: "task", CreatedAt: "2026-01-01T00:00:00Z", DesiredState, Status: { State } },
})

/** A swarm that tells these tasks of its service one after the other, and of every command that is not a question. */
function playedDocker(told: readonly (readonly ReturnType<typeof task>[])[]) {
  const commands: string[] = []
  let looks = -1
  const docker: Docker = (args) => {
    const [, verb] = args
    if (verb === "ps") looks = Math.min(looks + 1, told.length - 1)
    else if (args[0] === "service") commands.push(args.join(" "))
    const tasks = told[Math.max(looks, 0)] ?? []
    const stdout = verb === "ps" ? tasks.map(({ ID }) => ID).join("\n") : JSON.stringify(tasks)
    return Promise.resolve({ exitCode: 0, stdout, stderr: "" })
  }
  return { docker, commands, looks: () => looks }
}

const SCALE = "service scale --detach web=0"
const REMOVE = "service rm web"

test("a service is removed when nothing of it runs and swarm has cleared its tasks away", async () => {
  const kept = task("failed", "shutdown")
  const { docker, commands, looks } = playedDocker([
    [task("running", "running"), kept],
    [task("running", "remove"), kept],
    [task("complete", "remove"), kept],
    [kept],
  ])
  await removeServices({ docker }, ["web"], new AbortController().signal)
  expect(commands).toEqual([SCALE, REMOVE])
  expect(looks()).toBe(3)
})

test("a service is not waited for after the signal's end", async () => {
  const { docker, commands } = playedDocker([[task("running", "remove")]])
  await removeServices({ docker }, ["web"], AbortSignal.timeout(300))
  expect(commands).toEqual([SCALE, REMOVE])
})

test("a service that still ends is left when its removal is broken off", async () => {
  const { docker, commands } = playedDocker([[task("running", "remove")]])
  const brokenOff = AbortSignal.abort(new Error("interrupted"))
  await expect(removeServices({ docker }, ["web"], brokenOff)).rejects.toThrow("interrupted")
  expect(commands).toEqual([SCALE])
})

test("tasks that have gone meanwhile are none", async () => {
  const { docker, commands } = playedDocker([[task("running", "running")], []])
  const gone: Docker = async (args, options) =>
    args[0] === "inspect"
      ? { exitCode: 1, stdout: "[]", stderr: "Error response from daemon: task abc not found" }
      : docker(args, options)
  await removeServices({ docker: gone }, ["web"], new AbortController().signal)
  expect(commands).toEqual([SCALE, REMOVE])
})

test("a service is not removed when docker can't tell what runs of it", async () => {
  const { docker, commands } = playedDocker([[task("running", "remove")]])
  const failing: Docker = (args, options) =>
    args[0] === "inspect"
      ? Promise.resolve({ exitCode: 1, stdout: "[]", stderr: "ssh: connection closed" })
      : docker(args, options)
  const removed = removeServices({ docker: failing }, ["web"], new AbortController().signal)
  await expect(removed).rejects.toThrow("ssh: connection closed")
  expect(commands).toEqual([SCALE])
})

test("nothing is done for no service", async () => {
  const { docker, commands } = playedDocker([])
  await removeServices({ docker }, [], new AbortController().signal)
  expect(commands).toEqual([])
})
