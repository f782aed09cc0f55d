import { RegistryFailure } from "./failure.js"

const TIMEOUT_MS = 30_000
/** Asked again, they would come again. */
const TLS = /SSL|TLS|CERT|SIGNATURE|EPROTO/

/** A request over HTTP. */
export interface Exchange {
  readonly method: "GET" | "HEAD" | "POST" | "PUT"
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array<ArrayBuffer>
}

/** Its answer, read to the end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Sends a request and reads the answer, whatever its status.
 * @throws RegistryFailure when there is none within 30 s
 */
export async function exchange({ method, url, headers, body }: Exchange): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const response = await fetch(url, { method, headers, signal, ...(body && { body }) })
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, bytes }
  } catch (error) {
    throw unreachable(method, url, error)
  }
}

/** The query stays out of the message: it can hold what a registry signed. */
const called = (method: string, url: URL) => `${method} ${url.origin}${url.pathname}`

function unreachable(method: string, url: URL, error: unknown): RegistryFailure {
  const reason = reasonOf(error)
  const isTls = TLS.test(reason)
  const hint = isTls ? "; for a registry without TLS write http:// in front of its address" : ""
  const message = `${called(method, url)}: expected an answer, got ${reason}${hint}`
  return new RegistryFailure(message, { isPassing: !isTls, cause: error })
}

/** `fetch failed` alone says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  if (!(cause instanceof Error)) return message
  const { code } = cause as NodeJS.ErrnoException
  return [message, code, cause.message].filter(Boolean).join(": ")
}
