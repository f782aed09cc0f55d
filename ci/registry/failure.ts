/** A registry did not do what was asked of it; the message says what was expected and what came. */
export class RegistryFailure extends Error {
  /** Whether the same request may succeed later. */
  readonly isPassing: boolean
  /** How long the registry asks to wait, in milliseconds. */
  readonly pauseMs: number | undefined

  constructor(
    message: string,
    details: { isPassing?: boolean; pauseMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.isPassing = details.isPassing ?? false
    this.pauseMs = details.pauseMs
  }
}

const LONGEST_PAUSE_MS = 60_000

/** Whether a status of HTTP says that the same request may succeed later. */
export const isPassingStatus = (status: number) => status === 408 || status === 429 || status >= 500

/** The pause of a `Retry-After` header, seconds or a date, in milliseconds; a minute at most. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  if (header === null || header.trim() === "") return undefined
  const asked = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 0), LONGEST_PAUSE_MS)
}
