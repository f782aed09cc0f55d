import { revision } from "../../release/deployable.js"
import { look } from "../../smoke/look.js"
import { SmokeFailure } from "../../smoke/failure.js"
import { DeployFailure, type Work } from "../work.js"
import { smokeKey } from "./smoke-key.js"

/**
 * Looks at the environment as a user does, at its public address. When it passes, the switch is kept.
 * @throws DeployFailure
 */
export async function smoke(work: Work, signal: AbortSignal): Promise<string> {
  await looked(work, signal)
  signal.throwIfAborted()
  await (work.keeping = kept(work))
  return `a user's journey at ${work.target.publicUrl}`
}

async function kept(work: Work): Promise<void> {
  await work.switched?.confirm()
  delete work.switched
  work.isProven = true
}

/** In this process: what serves may be on the same machine, and would have less of it beside another one that starts. */
async function looked(work: Work, signal: AbortSignal): Promise<void> {
  const { target, order, say } = work
  // Not yet, where the target has a health gate of its own.
  const key = await smokeKey(work, signal)
  const at = { serverUrl: target.publicUrl, clientUrl: target.publicUrl, commit: revision(order.release) }
  await look({ ...at, key, say, signal }).catch((error: unknown) => {
    throw error instanceof SmokeFailure ? new DeployFailure(error.message, { cause: error }) : error
  })
}
