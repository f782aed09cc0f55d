import { setTimeout as sleep } from "node:timers/promises"
import { z } from "zod"
import { revision } from "../../release/deployable.js"
import type { Answer, Instance, Target } from "../../targets/target.js"
import { DeployFailure, type Work } from "../work.js"
import { smokeKey } from "./smoke-key.js"

const TIMES = 3
const PAUSE_MS = 75

const Version = z.object({
  commit: z.string(),
  migrations: z.object({ known: z.string().nullable(), applied: z.string().nullable() }),
})

/**
 * Lets the new version through once it has proved itself several times in a row: ready, built from the right commit, and
 * knowing the migrations that are applied. What the smoke test needs is made here, where nobody depends on it yet.
 * @throws DeployFailure with what it answered last; at once when waiting can't help
 */
export async function healthGate(work: Work, signal: AbortSignal): Promise<string> {
  const { started } = work
  if (!started) throw new Error("expected something to have been started")
  await proved(work.target, started, signal)
  // Not beside the server as it warms up: what serves has to share its cores with both.
  await smokeKey(work, signal)
  return `ready ${TIMES} times in a row, commit ${started.release.commit.slice(0, 12)}`
}

async function proved(target: Target, started: Instance, signal: AbortSignal): Promise<void> {
  let answer = "nothing"
  const late = () =>
    new DeployFailure(`expected the new version to be ready in time; it last answered: ${answer}`)
  for (let inARow = 0; inARow < TIMES;) {
    if (signal.aborted) throw late()
    const fault = await target.fault(started)
    if (fault !== undefined) throw new DeployFailure(`expected the new version to start; it ${fault}`)
    // What was broken off says nothing of the server.
    answer = await problem(target, started, signal).catch((error: unknown) =>
      unanswered(error, signal, answer),
    )
    inARow = answer === "" ? inARow + 1 : 0
    await sleep(PAUSE_MS)
  }
}

function unanswered(error: unknown, signal: AbortSignal, before: string): string {
  if (error instanceof DeployFailure && error !== signal.reason) throw error
  if (signal.aborted) return before
  return error instanceof Error ? error.message : String(error)
}

/** What is not right yet; empty when all is. */
async function problem(target: Target, instance: Instance, signal: AbortSignal): Promise<string> {
  const ready = await target.ask(instance, "/readyz", signal)
  if (ready.status !== 200) return `/readyz ${ready.status} ${ready.body.trim().slice(0, 300)}`
  return wrongVersion(await target.ask(instance, "/version", signal), instance)
}

function wrongVersion({ status, body }: Answer, { release }: Instance): string {
  if (status !== 200) return `/version ${status}`
  const { commit, migrations } = Version.parse(JSON.parse(body))
  if (commit !== revision(release))
    throw new DeployFailure(
      `expected the new version to be of commit ${revision(release)}, it answers ${commit}`,
    )
  const last = release.migrations.at(-1)?.name ?? null
  if (migrations.known !== last)
    throw new DeployFailure(
      `expected the new version to know the migrations up to ${last}, it knows ${migrations.known}`,
    )
  return (migrations.applied ?? "") >= (last ?? "") ? "" : `/version says that ${last} is not applied`
}
