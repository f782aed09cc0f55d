import { setTimeout as sleep } from "node:timers/promises"
import { project } from "../../../../pipeline/project.js"
import type { BuiltRecord } from "../../../../release/deployable.js"
import type { Instance, Target } from "../../../../targets/target.js"
import { deployed, going, migrated, opened, order, state, type Built, type State } from "./state.js"

/** An environment in which something serves. */
export interface Serving {
  readonly environment: State
  readonly target: Target
  readonly first: Instance
}

/** Makes an environment in which the build serves. */
export async function serving({ folder, record }: Built, document?: string): Promise<Serving> {
  const environment = await state(folder, document)
  const target = await opened(environment)
  await migrated(target, order(record))
  return { environment, target, first: await deployed(target, order(record)) }
}

/** The commit that answers at an environment's address. */
export async function commitAt({ publicUrl }: Target): Promise<string> {
  const response = await fetch(`${publicUrl}/version`)
  return ((await response.json()) as { commit: string }).commit
}

/** Begins a run that takes a minute, and follows it: all that comes until the stream ends. */
export async function followed(target: Target, record: BuiltRecord): Promise<{ all: Promise<string> }> {
  const command = { argv: project.commands.smokeKey, line: () => undefined }
  const { stdout: key } = await target.run(order(record), command, going)
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" }
  const steps = [{ name: "wait", prompt: "[sandbox:delay=60000]" }]
  const body = JSON.stringify({ goal: "takes a while", connector: "sandbox", steps })
  const post = async (path: string, init: RequestInit) => {
    const response = await fetch(`${target.publicUrl}/api${path}`, { method: "POST", headers, ...init })
    return ((await response.json()) as { id: string }).id
  }
  const workflow = await post("/workflows", { body })
  const run = await post(`/workflows/${workflow}/runs`, {})
  const stream = await fetch(`${target.publicUrl}/api/runs/${run}/events`)
  return { all: stream.text() }
}

/** Waits until something is true; the test's own deadline is the only one. */
export async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(50)
}
