import type { RunParts } from "../runs/change.js"
import type { Lease } from "./claim.js"
import { extendLease } from "./lease.js"

/** A lease that is being kept. */
export interface Heartbeat {
  /** Aborted when the lease is lost. */
  lost: AbortSignal
  stop(): void
}

/** Why a call was given up: another server or a cancellation has the step now. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError"
}

/** Extends a lease three times in its length, and looks at once when the run changes, which may be a cancellation. */
export function keepLease(parts: RunParts, lease: Lease, leaseMs: number): Heartbeat {
  const lost = new AbortController()
  let keptAt = performance.now()
  const beat = async () => {
    const isKept = await extendLease(parts, lease, leaseMs).catch(() => undefined)
    if (isKept) keptAt = performance.now()
    // A database that does not answer is waited for, but only while nobody else can have taken the step.
    const ranOut = performance.now() - keptAt > leaseMs
    if (isKept === false || ranOut) lost.abort(new LeaseLostError("the lease of the step is lost"))
  }
  const timer = setInterval(() => void beat(), leaseMs / 3)
  const unwatch = parts.watcher.watch(lease.runId, () => void beat())
  const stop = () => {
    clearInterval(timer)
    unwatch()
  }
  return { lost: lost.signal, stop }
}
