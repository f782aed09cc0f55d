/** Resolves after some milliseconds; rejects with the signal's reason when it is aborted before. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(abortReason(signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener("abort", stop, { once: true })
  })
}

function abortReason({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error("The wait was aborted.", { cause: reason })
}
