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
 * @param serving what serves once every switch that nobody holds is taken back
 */
export async function noteProven(
  { client }: Pick<Lock, "client">,
  serving: Instance,
  { carries }: Pick<Target, "carries">,
): Promise<void> {
  // A switch of ours is kept before the history says that its test has passed; a platform's needs no test.
  const proofs = carries.has("switch") ? ["done"] : ["done", "running"]
  const isProof = ({ version, release, steps }: Deployment) =>
    version === serving.version &&
    revision(release) === revision(serving.release) &&
    steps.some(({ name, outcome }) => name === "smoke" && proofs.includes(outcome))
  const last = (await deployments(client, LOOKED_AT)).find(
    (each) => each.outcome === "succeeded" || (each.outcome === "abandoned" && isProof(each)),
  )
  if (last?.outcome === "abandoned") await proveAbandoned(client, last.id)
}
