import type { z } from "zod"
import { deadline } from "../deadline.js"
import { jsonOf } from "../json.js"
import { SmokeFailure } from "./failure.js"

const TIMEOUT_MS = 10_000
const SHOWN_CHARACTERS = 300

/** One request of the smoke test. */
export interface Request {
  readonly method?: "GET" | "POST" | "DELETE"
  /** API key; sent as a bearer token. */
  readonly key?: string
  /** Sent as JSON. */
  readonly body?: object
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends a request and returns the answer's text.
 * @throws SmokeFailure when there is no answer within 10 s, or one that isn't 2xx; the signal's reason
 */
export async function request(url: string, options: Request = {}): Promise<string> {
  const { method = "GET", key, body, signal } = options
  const called = `${method} ${new URL(url).pathname}`
  const response = await fetch(url, {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.any([deadline(TIMEOUT_MS), ...(signal ? [signal] : [])]),
  }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw new SmokeFailure(`${called}: expected an answer, got ${reasonOf(error)}`, { cause: error })
  })
  const text = await response.text()
  if (response.ok) return text
  throw new SmokeFailure(
    `${called}: expected success, got ${response.status} ${text.slice(0, SHOWN_CHARACTERS)}`,
  )
}

/**
 * Sends a request and returns its JSON in the shape of a schema.
 * @throws SmokeFailure as `request` does, and when the answer is something else
 */
export async function requestJson<Shape extends z.ZodType>(
  url: string,
  shape: Shape,
  options: Request = {},
): Promise<z.output<Shape>> {
  const text = await request(url, options)
  const parsed = shape.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  const [start] = text.slice(0, SHOWN_CHARACTERS).split("\n")
  throw new SmokeFailure(
    `${options.method ?? "GET"} ${new URL(url).pathname}: expected the server's JSON, got ${start}; is it the server's address?`,
  )
}

/** `fetch failed` alone says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
