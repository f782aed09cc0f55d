import { connected } from "../environment/database/connection.js"
import { isPrepared } from "../environment/database/prepare.js"
import { expectOwnKeys } from "../environment/database/environment-keys.js"
import { EnvironmentMismatch, expectNoOthers } from "../environment/database/environment.js"
import { SharedKeys } from "../environment/database/shared-keys.js"
import { notApplied, unfinished } from "../migrations/pending.js"
import { STEPS } from "../pipeline/deploy-steps.js"
import { EXIT } from "../pipeline/outcome.js"
import { duration } from "../report/table.js"
import type { Request } from "./request.js"
import { deadlines } from "./deadline.js"
import type { Client } from "pg"
import type { Order } from "../targets/target.js"
import type { Finished } from "./programs/program.js"
import { title } from "./report.js"
import { objections } from "./steps/schema.js"
import { leftOut } from "./story.js"

/**
 * Says what a deploy or rollback would do, and what its check would object to. Reads, and changes nothing: not even the
 * lock is taken.
 */
export async function tellPlan(request: Request): Promise<Finished> {
  const { target, say, kind, settings } = request
  const client = await connected(target.databaseUrl)
  try {
    const isFirst = !(await isPrepared(client))
    if (kind === "rollback" && isFirst) return told(request, ["nothing has been deployed here"])
    const before = await target.serving()
    const order = await request.order(client, before)
    say(await title(request, order))
    steps(request).forEach(say)
    say("")
    const foreign = await ofOthers(client, settings, isFirst)
    if (foreign.length > 0) return told(request, foreign)
    const names = kind === "rollback" ? [] : await migrations(client, request, order)
    const found = await objections({ ...request, client, before, order, pending: names })
    return request.allowBreaking ? letThrough(request, found) : told(request, found)
  } finally {
    await client.end()
  }
}

/** Why the database or a key is not this environment's. */
async function ofOthers(client: Client, settings: Request["settings"], isFirst: boolean): Promise<string[]> {
  try {
    if (!isFirst) await expectNoOthers(client, settings.environment)
    await expectOwnKeys(client, settings)
    return []
  } catch (error) {
    if (error instanceof EnvironmentMismatch || error instanceof SharedKeys) return [error.message]
    throw error
  }
}

async function migrations(client: Client, { say }: Request, { release }: Order): Promise<string[]> {
  const names = await notApplied(client, release)
  say(`  migrations to apply: ${names.join(", ") || "none"}`)
  for (const name of await unfinished(client))
    say(`  to be marked as taken back first, since it was begun and not ended: ${name}`)
  return names
}

function steps({ kind, target, settings }: Request): string[] {
  const seconds = deadlines({ settings, waitMs: 0 })
  return STEPS.map((name, index) => {
    const why = leftOut(name, kind, target)
    return `  ${`${index + 1}`.padStart(2)} ${name.padEnd(12)} ${why ?? `at most ${duration(seconds(name))}`}`
  })
}

function letThrough(request: Request, found: readonly string[]): Finished {
  found.forEach((problem) => request.say(`  let through by --allow-breaking: ${problem}`))
  return told(request, [])
}

function told({ say }: Request, found: readonly string[]): Finished {
  const words = found.length === 0 ? ["nothing objected"] : found
  say(`  check: ${words.join("\n         ")}\n\nNothing was changed.`)
  return { exitCode: found.length === 0 ? EXIT.passed : EXIT.failed, result: { problems: found } }
}
