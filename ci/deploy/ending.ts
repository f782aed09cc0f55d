import { setTimeout as sleep } from "node:timers/promises"
import { storeFingerprints } from "../environment/database/environment-keys.js"
import { fingerprintText } from "../environment/database/fingerprint.js"
import { STEP_SECONDS } from "../pipeline/deploy-steps.js"
import { revision } from "../release/deployable.js"
import { described, type DeployResult, type Outcome } from "./result.js"
import { takeBack } from "./take-back.js"
import type { Teller } from "./teller.js"
import type { Work } from "./work.js"

const KEPT_WITHIN_MS = STEP_SECONDS.switch * 1000

/** How a deploy ended. */
export type Ending = Pick<
  DeployResult,
  "outcome" | "commit" | "version" | "failedStep" | "reason" | "serving" | "fingerprints"
>

/**
 * What a deploy comes to once its steps have been carried out, or one of them has failed: that one is then taken back.
 * What the old version leaves behind once the new one is proven takes nothing back.
 * @param failure of the step that failed; undefined when none did
 */
export async function ended(work: Work, teller: Teller, failure: unknown): Promise<Ending> {
  const failed = teller.results.find(({ outcome }) => outcome === "failed")
  const reason = failed?.note ?? (failure instanceof Error ? failure.message : null)
  // What was interrupted right there goes on being kept.
  await Promise.race([work.keeping?.catch(() => undefined), sleep(KEPT_WITHIN_MS, undefined, { ref: false })])
  const outcome = failure === undefined || work.isProven ? "succeeded" : await after(work, teller)
  const serving = described(await work.target.serving().catch(() => undefined))
  const fingerprints = outcome === "succeeded" ? await kept(work) : []
  const { release, version } = work.order
  const what = { commit: revision(release), version }
  return { ...what, outcome, failedStep: failed?.name ?? null, reason, serving, fingerprints }
}

async function after(work: Work, teller: Teller): Promise<Outcome> {
  if (!work.hasChanged) return "refused"
  // What is late in removing the new version leaves it to the next deploy.
  await teller.step("take back", (signal) => takeBack(work, signal)).catch(() => undefined)
  if (work.isProven) return "succeeded"
  if (!work.isBack) return "lost"
  return work.before ? "taken back" : "failed"
}

/** A copy of this database in another environment then knows these keys. */
async function kept({ lock, settings, say }: Work): Promise<string[]> {
  try {
    return (await storeFingerprints(lock.client, settings)).map(fingerprintText)
  } catch (error) {
    say(`the fingerprints of the keys could not be written: ${(error as Error).message}`)
    return []
  }
}
