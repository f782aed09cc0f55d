/**
 * Aborts after a time. Not `AbortSignal.timeout`: below `AbortSignal.any` Node 20 may collect that one, and it never comes.
 */
export function timeLimit(milliseconds: number): AbortSignal {
  const controller = new AbortController()
  const abort = () => {
    controller.abort(new DOMException("the time is up", "TimeoutError"))
  }
  setTimeout(abort, milliseconds).unref()
  return controller.signal
}
