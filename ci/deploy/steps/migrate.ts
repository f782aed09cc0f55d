import { setTimeout as sleep } from "node:timers/promises"
import { project } from "../../pipeline/project.js"
import { reasonOf } from "../../report/reason.js"
import { stepSeconds } from "../../environment/settings/step-seconds.js"
import { fits } from "../../migrations/fits.js"
import { DeployFailure, type Work } from "../work.js"
import { letThrough } from "./let-through.js"
import { cleanUp, clearUnfinished, dropInvalidIndexes } from "./unfinished-migrations.js"

/** What serves waits behind a migration that waits for a lock; so a migration gives up soon and is tried again. */
const LOCK_TIMEOUT_MS = 2_000
const PAUSE_MS = 1_000
const LOCK_WAS_BUSY = /lock timeout|55P03/

/**
 * Applies what is pending with the new release's own command, while the old one serves. A lock that is busy is waited for by
 * trying again; any other failure is taken back, and leaves nothing that would stop the next deploy.
 * @throws DeployFailure with what the command said; when the release can't live with the schema as it then is
 */
export async function migrate(work: Work, signal: AbortSignal): Promise<string> {
  if (work.pending.length === 0) return "nothing to apply"
  work.hasChanged = true
  await dropInvalidIndexes(work, signal)
  for (let attempt = 1; ; attempt++) {
    const { exitCode, stdout, stderr } = await applied(work, signal)
    if (exitCode === 0) {
      await expectToFit(work)
      return `applied ${work.pending.join(", ")}${attempt > 1 ? ` at try ${attempt}` : ""}`
    }
    const said = `${stdout}\n${stderr}`
    if (!LOCK_WAS_BUSY.test(said)) {
      await cleanUp(work, signal)
      throw failure(exitCode, said, work.say)
    }
    await clearUnfinished(work, signal)
    work.say(`a lock was busy for ${LOCK_TIMEOUT_MS} ms; trying again`)
    await sleep(PAUSE_MS, undefined, { signal })
  }
}

/** A release may lack a migration of its own, or come from before what others have applied. */
async function expectToFit(work: Work): Promise<void> {
  const reasons = await fits(work.lock.client, work.order.release)
  const expected = `expected ${work.order.version} to live with the schema that its migrations have made`
  letThrough(work, reasons, () => `${expected}, but ${reasons.join("; ")}`)
}

function applied({ target, order, settings }: Work, signal: AbortSignal) {
  const seconds = stepSeconds(settings, "migrate")
  const limits = `-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=${seconds * 1000}`
  return target.run(
    order,
    { argv: project.commands.migrate, variables: { PGOPTIONS: limits }, line: () => undefined },
    signal,
  )
}

/** What the command said of the error is shown, without its way out, which the deploy has gone already. */
function failure(exitCode: number, said: string, say: Work["say"]): DeployFailure {
  const lines = said.split("\n").filter((line) => line.trim() !== "")
  const error = Math.max(
    lines.findIndex((line) => line.startsWith("Error")),
    0,
  )
  const wayOut = lines.findIndex((line) => line.startsWith("The migration "))
  lines.slice(error, wayOut > error ? wayOut : undefined).forEach(say)
  const words = reasonOf("failed", lines)
  return new DeployFailure(
    `expected the migration to succeed, it ended with ${exitCode}: ${words}; nothing of it was applied`,
  )
}
