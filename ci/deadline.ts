/**
 * Aborted after a time, which keeps no process alive. Not `AbortSignal.timeout`: below `AbortSignal.any` Node 20 may collect
 * that one, and it never comes.
 */
export function deadline(milliseconds: number): AbortSignal {
  const controller = new AbortController()
  const late = () => controller.abort(new DOMException("the time is up", "TimeoutError"))
  setTimeout(late, milliseconds).unref()
  return controller.signal
}

/** Whether a signal was aborted because its time is up, and not because somebody broke off what it is for. */
export const isTimeUp = ({ aborted, reason }: AbortSignal): boolean =>
  aborted && reason instanceof Error && reason.name === "TimeoutError"

/** Aborted when another signal's time is up, and not when that one is aborted for any other reason. */
export function timeUpOf(signal: AbortSignal): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (isTimeUp(signal)) controller.abort(signal.reason)
  }
  signal.addEventListener("abort", stop, { once: true })
  stop()
  return controller.signal
}
