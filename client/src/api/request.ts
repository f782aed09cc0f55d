import type * as z from "zod/mini"

import { ApiError } from "./api-error"
import { errorFromAnswer } from "./error-answer"

/** Where the API is and what proves the right to write. */
export interface Connection {
  /** Base URL without a slash at the end; "" is the origin that served the page. */
  baseUrl: string
  /** API key, `null` for reading only. */
  apiKey: string | null
}

interface RequestOptions {
  method?: "GET" | "POST"
  body?: unknown
  signal?: AbortSignal | undefined
  accept?: string
}

/** Sends one request and returns its answer. Throws an ApiError when none came (status 0) or it is outside 2xx. */
export async function send(connection: Connection, path: string, options: RequestOptions): Promise<Response> {
  const response = await fetch(connection.baseUrl + path, requestInit(connection, options)).catch(
    (cause: unknown) => {
      if (options.signal?.aborted) throw cause
      throw unreachable(connection, cause)
    },
  )
  if (!response.ok) throw await errorFromAnswer(response)
  return response
}

/** Sends one request and returns its JSON, checked against the schema. Throws an ApiError. */
export async function requestJson<T>(
  connection: Connection,
  path: string,
  { schema, ...options }: RequestOptions & { schema: z.ZodMiniType<T> },
): Promise<T> {
  const response = await send(connection, path, options)
  const body: unknown = await response.json().catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause
    return undefined
  })
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw unexpectedShape(path, response.headers.get("x-request-id") ?? undefined, parsed.error)
}

function requestInit({ apiKey }: Connection, options: RequestOptions): RequestInit {
  const { method = "GET", body, signal, accept = "application/json" } = options
  const headers = new Headers({ accept })
  // Reading needs no key, and a request without one needs no CORS preflight.
  if (apiKey !== null && method !== "GET") headers.set("authorization", `Bearer ${apiKey}`)
  if (body !== undefined) headers.set("content-type", "application/json")
  return {
    method,
    headers,
    cache: "no-store",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }
}

function unreachable({ baseUrl }: Connection, cause: unknown): ApiError {
  const where = baseUrl === "" ? window.location.origin : baseUrl
  const message = `No answer from ${where}. Is the server running, and does it allow this page's origin?`
  return new ApiError(message, { status: 0, code: "unreachable", cause })
}

/** An answer that this page can't read. */
export function unexpectedShape(path: string, requestId: string | undefined, cause: Error): ApiError {
  const message = `The answer to ${path} is not in the shape this page knows. It may be of another version; load the page again.`
  return new ApiError(message, { status: -1, code: "unexpected_answer", requestId, cause })
}
