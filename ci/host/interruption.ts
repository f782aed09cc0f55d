import { EXIT } from "../pipeline/outcome.js"

/** One Ctrl-C can arrive twice: from the terminal, and once more from npm, which passes it on. */
const SAME_MS = 500

/**
 * Aborted at the first Ctrl-C, SIGTERM or SIGHUP: the run ends its stages and cleans up.
 * A second Ctrl-C ends this process at once; the reaper still cleans up.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  let first = 0
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!controller.signal.aborted) first = Date.now()
      else if (Date.now() - first > SAME_MS) process.exit(EXIT.interrupted)
      controller.abort()
    })
  }
  return controller.signal
}
