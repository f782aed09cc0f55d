import type { CallLimits } from "./connector.js"

const longestWaitMs = 60_000

/**
 * How long to wait before the next attempt, in milliseconds; undefined when there should be none.
 * `Retry-After` (seconds or a date) goes before the doubling wait. Up to a quarter is added by chance, so that
 * callers that were refused together do not come back together.
 * @param attempt Of the attempt that was refused, from 0.
 */
export function retryDelay(response: Response, attempt: number, limits: CallLimits): number | undefined {
  const isPassing = response.status === 429 || response.status >= 500
  if (!isPassing || attempt >= limits.maxRetries) return undefined
  const wait = retryAfter(response.headers.get("retry-after")) ?? (limits.backoffMs ?? 500) * 2 ** attempt
  return wait > longestWaitMs ? undefined : wait * (1 + Math.random() / 4)
}

function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
