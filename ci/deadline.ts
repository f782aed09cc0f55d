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
