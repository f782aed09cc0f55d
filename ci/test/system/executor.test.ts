import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, describe, expect, test } from "vitest"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "programs-"))
  await program("docker", "exit 1")
})
afterEach(() => rm(folder, { recursive: true }))

/** Stands in for a program that is Dagger's or Docker's own: what it prints, how it ends. */
async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\necho "$@" >>"${folder}/called"\n${script}\n`)
  await chmod(join(folder, name), 0o755)
}

async function ci(args: readonly string[], environment: Record<string, string> = {}) {
  const PATH = [folder, join(process.execPath, ".."), "/usr/bin", "/bin"].join(delimiter)
  const none = { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "", DAGGER_SESSION_PORT: "", CI: "true" }
  return execa(process.execPath, ["ci/bootstrap.mjs", ...args], {
    env: { ...none, ...environment, PATH },
    reject: false,
    stdin: "ignore",
  })
}

const called = async () => (await execa("cat", [join(folder, "called")], { reject: false })).stdout
const ENGINE = { _EXPERIMENTAL_DAGGER_RUNNER_HOST: "unix:///an-engine" }

describe("where a function runs", () => {
  test("is this machine where there is no dagger command", async () => {
    const { stderr, exitCode } = await ci(["audit", "--help"])
    expect([stderr, exitCode]).toEqual(["", 0])
    expect((await ci(["report"])).stderr).toMatch(/^On this machine: there is no dagger command/)
  })

  test("is this machine where no engine runs, and none is started", async () => {
    await program("dagger", "exit 0")
    const { stderr } = await ci(["report"])
    expect(stderr).toMatch(/^On this machine: no Dagger engine runs/)
    expect(await called()).toBe("version\nps --filter name=^dagger-engine- --format {{.Names}}")
  })

  test("is this machine where the engine does not answer in time", async () => {
    await program("dagger", '[ "$1" = version ] || exec sleep 60')
    expect((await ci(["report"], ENGINE)).stderr).toMatch(
      /^On this machine: the Dagger engine did not answer within 3 s/,
    )
  })

  test("is Dagger where an engine answers, with the flags of the command line", async () => {
    await program("dagger", "exit 0")
    const { stderr, exitCode } = await ci(["test", "--only", "client"], ENGINE)
    expect(stderr).toMatch(/^In Dagger: an engine answers/)
    expect(exitCode).toBe(0)
    expect((await called()).split("\n").at(-1)).toBe("call test --only=client")
  })

  test("is the engine's container where Docker has one", async () => {
    await program("docker", "echo dagger-engine-v0.21.8")
    await program("dagger", 'echo "$_EXPERIMENTAL_DAGGER_RUNNER_HOST" >>"$0.host"')
    await ci(["format"])
    expect((await execa("tail", ["-1", join(folder, "dagger.host")])).stdout).toBe(
      "container://dagger-engine-v0.21.8",
    )
  })

  test("is this machine for what is of this machine alone, whatever answers", async () => {
    await program("dagger", "exit 0")
    expect((await ci(["down"], ENGINE)).stderr).toMatch(/^On this machine: down is of this machine alone/)
    const asked = await ci(["down", "--on", "dagger"], ENGINE)
    expect([asked.exitCode, asked.stderr]).toEqual([
      2,
      "expected --on host for down, which is of this machine alone; received dagger",
    ])
  })

  test("is this machine for an environment without settings, which is this machine", async () => {
    await program("dagger", "exit 0")
    const history = ["deployments", "--environment", "moon"]
    expect(await ci(history, ENGINE)).toMatchObject({
      stderr: expect.stringMatching(/^On this machine: deployments without --settings is of/) as string,
    })
    const asked = await ci([...history, "--on", "dagger"], ENGINE)
    expect([asked.exitCode, asked.stderr]).toEqual([
      2,
      expect.stringContaining("expected --on host for deployments without --settings"),
    ])
    await ci([...history, "--settings", "env://SETTINGS"], ENGINE)
    expect(await called()).toContain("call deployments")
  })

  test("is refused where Dagger is asked for and can't be had", async () => {
    const { stderr, exitCode } = await ci(["format", "--on", "dagger"])
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      "expected a Dagger engine that answers, but there is no dagger command; start one, or use --on host",
    )
    expect((await ci(["format", "--on", "moon"])).stderr).toBe(
      "expected --on to be one of host, dagger, auto, received moon",
    )
  })

  test("a red call in Dagger ends with 1, whatever Dagger ended with", async () => {
    await program("dagger", '[ "$1" != call ] || exit 7')
    expect((await ci(["format"], ENGINE)).exitCode).toBe(1)
  })
})
