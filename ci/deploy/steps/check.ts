import { expectOwnKeys } from "../../environment/database/environment-keys.js"
import { keyNotices } from "../../environment/settings/keys.js"
import { DeployFailure, type Work } from "../work.js"
import { clearUnfinished } from "./migrate.js"
import { expectToFit, problems } from "./schema.js"
import { pending } from "../../migrations/pending.js"

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
  if (work.kind === "rollback") return expectToFit(work)
  work.pending = await pending(lock.client, order.release)
  if (work.pending.length === 0 && !work.allowBreaking) await expectToFit(work)
  const found = await problems({ ...work, client: lock.client })
  const words = work.pending.length === 0 ? "no new migration" : `new: ${work.pending.join(", ")}`
  if (found.length === 0)
    return work.before && work.pending.length > 0 ? `${words}; what serves can live with it` : words
  if (!work.allowBreaking) throw new DeployFailure(refusal(found))
  found.forEach((problem) => say(`let through by --allow-breaking: ${problem}`))
  return words
}

function refusal(found: readonly string[]): string {
  const [count, them] =
    found.length === 1 ? ["one that it", "it"] : [`${found.length} things that it`, "them"]
  const advice = `make ${them} in two releases as described, or let ${them} through with --allow-breaking`
  return `expected migrations that the serving version can live with, found ${count} can't:\n${found.map((each) => `  ${each}`).join("\n")}\n${advice}`
}
