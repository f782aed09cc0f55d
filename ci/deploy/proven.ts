import { proveAbandoned } from "../environment/database/deployments.js"
import { deployments } from "../environment/database/history.js"
import type { Lock } from "../environment/database/lock.js"
import { revision } from "../release/deployable.js"
import type { Instance } from "../targets/target.js"

/** Of the history: several may have ended without a word, one after the other. */
const LOOKED_AT = 20

/** Killed after its smoke test, a deploy leaves its version serving: one that a rollback can go back to. */
export async function noteProven({ client }: Lock, { release, version }: Instance): Promise<void> {
  const proven = (await deployments(client, LOOKED_AT)).find(
    (each) =>
      each.outcome === "abandoned" &&
      each.steps.some(({ name, outcome }) => name === "smoke" && outcome === "done") &&
      each.version === version &&
      revision(each.release) === revision(release),
  )
  if (proven) await proveAbandoned(client, proven.id)
}
