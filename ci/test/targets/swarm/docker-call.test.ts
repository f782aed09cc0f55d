import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { dockerCaller } from "../../../targets/swarm/docker-call.js"

/** Docker's command line where there is none. */
async function withoutDocker() {
  const folder = await mkdtemp(join(tmpdir(), "empty-"))
  onTestFinished(() => rm(folder, { recursive: true }))
  return dockerCaller({ PATH: folder })
}

test("a docker that can't be started is told, without its arguments", async () => {
  const docker = await withoutDocker()
  const call = docker(["service", "create", "--label", "long"], { mayFail: true })
  await expect(call).rejects.toThrow("expected docker service create to succeed, received: ")
  await expect(call).rejects.not.toThrow("long")
})

test("a call whose signal is over is not made", async () => {
  const docker = await withoutDocker()
  const signal = AbortSignal.abort(new Error("too late"))
  await expect(docker(["info"], { signal })).rejects.toThrow("too late")
})
