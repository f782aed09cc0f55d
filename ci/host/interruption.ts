import { EXIT } from "../pipeline/outcome.js"

/** One Ctrl-C can arrive twice: from the terminal, and once more from npm, which passes it on and may be late. */
const SAME_MS = 2_000
const WATCH_MS = 250

/**
 * Aborted at the first Ctrl-C, SIGTERM or SIGHUP, and when npm, which started this, is gone: the run ends its stages and cleans up.
 * A second Ctrl-C ends this process at once; what it began goes with it.
 * @param reason of the signal
 */
export function interruption(reason?: Error): AbortSignal {
  const controller = new AbortController()
  let first = 0
  const interrupt = () => {
    if (!controller.signal.aborted) first = Date.now()
    controller.abort(reason)
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Not `once`: what kills children when this process ends would then find nobody who listens, and end it.
    process.on(signal, () => {
      if (controller.signal.aborted && Date.now() - first > SAME_MS) process.exit(EXIT.interrupted)
      interrupt()
    })
  }
  // The signal that took npm away may be heard after that.
  whenAbandoned(interrupt)
  return controller.signal
}

/** At a SIGTERM to npm alone, npm and its shell end without a word to this process, which gets another parent. */
function whenAbandoned(abandoned: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return
  const parent = process.ppid
  setInterval(() => process.ppid === parent || abandoned(), WATCH_MS).unref()
}
