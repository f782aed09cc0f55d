/**
 * Runs works that need each other, such as the two ends of a stream: the first that fails aborts the others, and its
 * error is the one that is thrown, once all have ended.
 */
export async function together<Results extends readonly unknown[]>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => { [Index in keyof Results]: Promise<Results[Index]> },
): Promise<Results> {
  const own = new AbortController()
  const abort = (error: unknown) => {
    own.abort(error)
    throw error
  }
  const works = start(AbortSignal.any([signal, own.signal])).map((work: Promise<unknown>) =>
    work.catch(abort),
  )
  await Promise.allSettled(works)
  signal.throwIfAborted()
  if (own.signal.aborted) throw own.signal.reason
  return (await Promise.all(works)) as unknown as Results
}
