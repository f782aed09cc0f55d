import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { beforeEach, expect, onTestFinished } from "vitest"
import { dockerProblem } from "../../../images/docker.js"
import { project } from "../../../pipeline/project.js"

/** How the platform's containers run: with nothing that they do not need. */
export const HARDENED = [
  ...["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
]

/** Why tests with Docker can't run here; `undefined` when they can. */
export const noDocker = await problem()
if (noDocker !== undefined) console.warn(`nothing is tested with Docker: ${noDocker}`)

/** Skips every test of a file where Docker can't be used. */
export function skipWithoutDocker(): void {
  beforeEach((context) => context.skip(noDocker !== undefined, noDocker))
}

async function problem(): Promise<string | undefined> {
  const daemon = await dockerProblem()
  if (daemon !== undefined) return daemon
  const missing = await Promise.all(Object.values(project.bases).map(unavailable))
  return missing.find((reason) => reason !== undefined)
}

async function unavailable(base: string): Promise<string | undefined> {
  const local = await execa("docker", ["image", "inspect", base], { reject: false })
  if (!local.failed) return undefined
  const { failed, stderr } = await execa("docker", ["pull", "--quiet", base], { reject: false })
  return failed ? `${base} can't be had: ${stderr.trim()}` : undefined
}

/** Runs docker to its end. */
export async function docker(args: readonly string[], environment: Record<string, string> = {}) {
  return execa("docker", args, { reject: false, all: true, env: environment })
}

/** Starts a container that is gone when the test is over; its name. */
export async function started(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const name = `test-${randomUUID()}`
  onTestFinished(async () => {
    await docker(["rm", "--force", "--volumes", name])
  })
  const run = await docker(["run", "--detach", "--name", name, ...args], environment)
  expect(run.exitCode, run.all).toBe(0)
  return name
}

/** What docker knows of a container or an image, in docker's own template language. */
export async function inspected(name: string, template: string): Promise<string> {
  return (await docker(["inspect", "--format", template, name])).stdout
}

/** Waits until a container's own health check has judged it. */
export async function health(name: string, seconds = 60): Promise<string> {
  const template = "{{.State.Health.Status}}"
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline;) {
    const status = await inspected(name, template)
    if (status !== "starting") return status
    await sleep(200)
  }
  return `starting, after ${seconds} s`
}

/** Stops a container as a platform does; how long that took and how the container ended. */
export async function stopped(name: string, seconds = 30) {
  const start = performance.now()
  await docker(["stop", "--time", String(seconds), name])
  return {
    seconds: (performance.now() - start) / 1000,
    exitCode: await inspected(name, "{{.State.ExitCode}}"),
  }
}
