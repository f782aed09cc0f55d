import { proveAbandoned } from "../environment/database/deployments.js"
import type { Deployment } from "../environment/database/deployment.js"
import { deployments } from "../environment/database/history.js"
import type { Lock } from "../environment/database/lock.js"
import { revision } from "../release/deployable.js"
import type { Instance, Target } from "../targets/target.js"

/** Of the history: several may have ended without a word, one after the other. */
const LOOKED_AT = 20

/**
 * Killed after its smoke test, a deploy leaves its version serving: one that a rollback can go back to.
 * @param serving what serves once every switch that nobody holds is taken back; undefined when nothing does, also after it
 * was ended
 */
export async function noteProven(
  { client }: Pick<Lock, "client">,
  serving: Instance | undefined,
  { carries }: Pick<Target, "carries">,
): Promise<void> {
  const last = (await deployments(client, LOOKED_AT)).find(
    (each) => each.outcome === "succeeded" || (each.outcome === "abandoned" && isProof(each)),
  )
  if (last?.outcome === "abandoned") await proveAbandoned(client, last.id)

  function isProof({ version, release, steps }: Deployment): boolean {
    const smoke = steps.find(({ name }) => name === "smoke")?.outcome
    // A switch of ours is kept before that is written down; a platform's needs no test.
    if (smoke !== "running" || carries.has("switch")) return smoke === "done"
    return version === serving?.version && revision(release) === revision(serving.release)
  }
}
