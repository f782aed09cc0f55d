import { connected } from "../environment/database/connection.js"
import { isPrepared } from "../environment/database/prepare.js"
import { pending } from "../migrations/pending.js"
import { STEPS } from "../pipeline/deploy-steps.js"
import { EXIT } from "../pipeline/outcome.js"
import { duration } from "../report/table.js"
import type { Request } from "./request.js"
import { deadlines } from "./deadline.js"
import type { Finished } from "./programs/program.js"
import { title } from "./report.js"
import { objections } from "./steps/schema.js"
import { leftOut } from "./story.js"

/**
 * Says what a deploy or rollback would do, and what its check would object to. Reads, and changes nothing: not even the
 * lock is taken.
 */
export async function tellPlan(request: Request): Promise<Finished> {
  const { target, say, kind } = request
  const client = await connected(target.databaseUrl)
  try {
    const before = await target.serving()
    if (kind === "rollback" && !(await isPrepared(client)))
      return told(request, ["nothing has been deployed here"])
    const order = await request.order(client, before)
    say(await title(request, order))
    steps(request).forEach(say)
    say("")
    const names = kind === "rollback" ? [] : await pending(client, order.release)
    if (kind === "deploy") say(`  migrations to apply: ${names.join(", ") || "none"}`)
    return told(request, await objections({ ...request, client, before, order, pending: names }))
  } finally {
    await client.end()
  }
}

function steps({ kind, target, settings }: Request): string[] {
  const seconds = deadlines({ settings, waitMs: 0 })
  return STEPS.map((name, index) => {
    const why = leftOut(name, kind, target)
    return `  ${`${index + 1}`.padStart(2)} ${name.padEnd(12)} ${why ?? `at most ${duration(seconds(name))}`}`
  })
}

function told({ say }: Request, found: readonly string[]): Finished {
  const words = found.length === 0 ? ["nothing objected"] : found
  say(`  check: ${words.join("\n         ")}\n\nNothing was changed.`)
  return { exitCode: found.length === 0 ? EXIT.passed : EXIT.failed, result: { problems: found } }
}
