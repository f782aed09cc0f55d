import { expectOwnKeys } from "../../environment/database/environment-keys.js"
import { keyNotices } from "../../environment/settings/keys.js"
import { pending } from "../../migrations/pending.js"
import { shortRevision } from "../../release/deployable.js"
import type { Work } from "../work.js"
import { letThrough } from "./let-through.js"
import { objections } from "./schema.js"
import { clearUnfinished } from "./unfinished-migrations.js"

/**
 * Whether this release may be brought to this environment as both are now. Changes nothing but the mark of migrations that
 * an earlier deploy left unfinished.
 * @throws DeployFailure, SharedKeys
 */
export async function check(work: Work, signal: AbortSignal): Promise<string> {
  const { settings, lock, order, say } = work
  await expectOwnKeys(lock.client, settings)
  keyNotices(settings.environment, settings).forEach(say)
  await clearUnfinished(work, signal)
  if (work.kind === "deploy") work.pending = await pending(lock.client, order.release)
  const found = await objections({ ...work, client: lock.client })
  if (found.length === 0) return fine(work)
  letThrough(work, found, () => refusal(work, found))
  return brings(work)
}

function fine(work: Work): string {
  if (work.pending.length === 0) return `${brings(work)}; it can live with the schema as it is`
  return work.before ? `${brings(work)}; what serves can live with it` : brings(work)
}

const brings = ({ pending }: Work) =>
  pending.length === 0 ? "no new migration" : `new: ${pending.join(", ")}`

function refusal(work: Work, found: readonly string[]): string {
  const list = found.map((each) => `\n  ${each}`).join("")
  return work.pending.length === 0 ? unfit(work, list) : breaking(found.length, list)
}

/** Migrations are never undone. */
function unfit({ order }: Work, list: string): string {
  const name = `${order.version} (${shortRevision(order.release)})`
  return (
    `expected ${name} to live with the schema as it is now, but:${list}\nNo migration is undone: ` +
    "deploy a release that puts back what is missing, or restore a backup of before (restore --backup …), " +
    "which loses what was written since"
  )
}

function breaking(count: number, list: string): string {
  const [found, them] = count === 1 ? ["one that it", "it"] : [`${count} things that it`, "them"]
  const advice = `make ${them} in two releases as described, or let ${them} through with --allow-breaking`
  return `expected migrations that the serving version can live with, found ${found} can't:${list}\n${advice}`
}
