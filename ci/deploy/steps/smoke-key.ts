import { madeSandboxKey } from "../sandbox-key.js"
import type { Work } from "../work.js"

/** The key of the smoke test, made once. From the first try on it is revoked at the end, since it may have been made. */
export async function smokeKey(work: Work, signal: AbortSignal): Promise<string> {
  work.hasAskedForKey = true
  return (work.sandboxKey ??= await madeSandboxKey(work, signal))
}
