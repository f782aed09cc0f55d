const GRACE_SECONDS = 10

/** Signals a whole process group; one that is gone already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // macOS answers EPERM for a group of which only unburied processes are left.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error
  }
}

/** What is stopped. */
export interface Stoppable {
  /** The process group; undefined when nothing could be started. */
  readonly pid: number | undefined
  readonly timeoutSeconds: number
  /** Between the order to end and the end of what did not follow it; 10 when not said. */
  readonly graceSeconds?: number | undefined
  /** Ends what is left of it at once. */
  readonly end: () => void
}

/** Ends a process group when its time is up or the run is interrupted: kindly first. */
export function stopper(
  { pid, timeoutSeconds, graceSeconds = GRACE_SECONDS, end }: Stoppable,
  signal: AbortSignal,
) {
  let why: "timeout" | "interrupted" | undefined
  let force: NodeJS.Timeout | undefined
  const stop = (reason: "timeout" | "interrupted") => {
    if (why !== undefined || pid === undefined) return
    why = reason
    signalGroup(pid, "SIGTERM")
    force = setTimeout(end, graceSeconds * 1000)
  }
  const interrupted = () => stop("interrupted")
  const timer = setTimeout(() => stop("timeout"), timeoutSeconds * 1000)
  signal.addEventListener("abort", interrupted)
  if (signal.aborted) interrupted()
  const clear = () => {
    clearTimeout(timer)
    clearTimeout(force)
    signal.removeEventListener("abort", interrupted)
  }
  return { why: () => why, clear }
}
