import { setTimeout as sleep } from "node:timers/promises"
import { connected } from "../../data/postgres/connection.js"
import { project } from "../../pipeline/project.js"
import { reasonOf } from "../../report/reason.js"
import { invalidIndexes } from "../../migrations/invalid-indexes.js"
import { unfinished } from "../../migrations/pending.js"
import { deadlines } from "../deadline.js"
import { DeployFailure, type Work } from "../work.js"
import { scriptsOf } from "./schema.js"

/** What serves waits behind a migration that waits for a lock; so a migration gives up soon and is tried again. */
const LOCK_TIMEOUT_MS = 2_000
const PAUSE_MS = 1_000
const LOCK_WAS_BUSY = /lock timeout|55P03/

/**
 * Applies what is pending with the new release's own command, while the old one serves. A lock that is busy is waited for by
 * trying again; any other failure is taken back, and leaves nothing that would stop the next deploy.
 * @throws DeployFailure with what the command said
 */
export async function migrate(work: Work, signal: AbortSignal): Promise<string> {
  if (work.pending.length === 0) return "nothing to apply"
  work.hasChanged = true
  await dropInvalidIndexes(work, signal)
  for (let attempt = 1; ; attempt++) {
    const { exitCode, stdout, stderr } = await applied(work, signal)
    if (exitCode === 0) return `applied ${work.pending.join(", ")}${attempt > 1 ? ` at try ${attempt}` : ""}`
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

/** Does not hide why the migration failed. */
async function cleanUp(work: Work, signal: AbortSignal): Promise<void> {
  try {
    await clearUnfinished(work, signal)
    await dropInvalidIndexes(work, signal)
  } catch (error) {
    work.say(`not all of it was cleaned up, the next deploy tries again: ${(error as Error).message}`)
  }
}

/** What can't be in a transaction is not taken back by PostgreSQL. */
async function dropInvalidIndexes({ target, order, pending, say }: Work, signal: AbortSignal): Promise<void> {
  const scripts = await scriptsOf(order.release, pending)
  // A connection that may wait: for every transaction that is older.
  await connected(
    target.databaseUrl,
    async (client) => {
      for (const index of await invalidIndexes(client, scripts)) {
        say(`${index} was not built to its end, and is dropped`)
        await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${index}`)
      }
    },
    signal,
  )
}

function applied({ target, order, settings }: Work, signal: AbortSignal) {
  const seconds = deadlines({ settings, waitMs: 0 })("migrate")
  const limits = `-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=${seconds * 1000}`
  return target.run(
    order,
    { argv: project.commands.migrate, variables: { PGOPTIONS: limits }, line: () => undefined },
    signal,
  )
}

/**
 * Marks migrations that failed, or were killed, as taken back: each ran as a whole, so nothing of it is left. The command
 * waits for one that still runs.
 */
export async function clearUnfinished(
  { lock, target, order, say }: Pick<Work, "lock" | "target" | "order" | "say">,
  signal: AbortSignal,
): Promise<void> {
  for (const name of await unfinished(lock.client)) {
    say(`the migration ${name} was begun and not ended; it is marked as taken back`)
    const argv = [...project.commands.migrationResolved, name]
    const { exitCode, stderr } = await target.run(order, { argv, line: () => undefined }, signal)
    if (exitCode !== 0 && (await unfinished(lock.client)).includes(name))
      throw new DeployFailure(`expected ${name} to be marked as taken back, received: ${stderr}`)
  }
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
