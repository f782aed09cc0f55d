/** How often and with which pauses an action is tried. */
export interface Retry {
  /** Tries in all, the first among them. */
  readonly attempts: number
  /** Before the second try, in milliseconds; each further pause is twice the one before. */
  readonly pauseMs: number
  /** Whether an error may be gone the next time. All others end the tries at once. */
  readonly isPassing: (error: unknown) => boolean
  /** The pause that an error itself asks for, in milliseconds; `undefined` for none. */
  readonly askedPauseMs?: (error: unknown) => number | undefined
}

/**
 * The result of an action that is tried again when its error is a passing one.
 * The Dagger module imports this file too, so it stands on standard JavaScript alone.
 * @throws the last error
 * @example await retried(() => push(image), { attempts: 4, pauseMs: 1000, isPassing })
 */
export async function retried<Result>(action: () => Promise<Result>, retry: Retry): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action()
    } catch (error) {
      if (attempt >= retry.attempts || !retry.isPassing(error)) throw error
      const pause = retry.askedPauseMs?.(error) ?? retry.pauseMs * 2 ** (attempt - 1)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
