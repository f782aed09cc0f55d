import { DeployFailure } from "../work.js"

/** Aborted by the first Ctrl-C, SIGTERM or SIGHUP; a second one ends the process, and the front goes back by itself. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => controller.abort(new DeployFailure("interrupted")))
  return controller.signal
}
