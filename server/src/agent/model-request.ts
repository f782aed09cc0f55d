import { setTimeout as sleep } from "node:timers/promises"
import { timeLimit } from "../time-limit.js"
import { redactText } from "../telemetry/redact.js"
import { type CallLimits, ModelError } from "./connector.js"
import { retryDelay } from "./retry.js"

/** One question to a company's HTTP API. */
export interface ModelRequest {
  url: string
  headers: Record<string, string>
  body: unknown
  /** Taken out of every error. */
  apiKey: string
  limits: CallLimits
  /** Ends the call and the waiting between attempts. */
  signal: AbortSignal
}

/**
 * The JSON that the API answers. Tries again on 429 and 5xx; not after a timeout, since the model may have worked.
 * @throws ModelError, or the signal's reason.
 */
export async function askModel(request: ModelRequest): Promise<unknown> {
  const { limits, signal } = request
  for (let attempt = 0; ; attempt++) {
    const response = await post(request)
    if (response.ok) return await json(response, request)
    const wait = retryDelay(response, attempt, limits)
    if (wait === undefined) throw await refusal(response, request)
    await response.body?.cancel()
    await sleep(wait, undefined, { signal })
  }
}

async function post(request: ModelRequest): Promise<Response> {
  const { url, headers, body, limits, signal } = request
  const init = { method: "POST", headers: { "content-type": "application/json", ...headers } }
  const either = AbortSignal.any([signal, timeLimit(limits.timeoutMs)])
  try {
    // A redirect would carry the key to another host.
    return await fetch(url, { ...init, body: JSON.stringify(body), signal: either, redirect: "error" })
  } catch (error) {
    throw failure(error, request)
  }
}

async function json(response: Response, request: ModelRequest): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    throw failure(error, request)
  }
}

function failure(error: unknown, { url, limits, signal }: ModelRequest): unknown {
  if (signal.aborted) return signal.reason
  const host = new URL(url).host
  if (error instanceof Error && error.name === "TimeoutError")
    return new ModelError(`expected an answer from ${host} within ${limits.timeoutMs} ms (MODEL_TIMEOUT_MS)`)
  if (error instanceof SyntaxError)
    return new ModelError(`expected JSON from ${host}, received something else`)
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
  return new ModelError(`could not reach ${host}: ${cause}`)
}

async function refusal(response: Response, { url, apiKey }: ModelRequest): Promise<ModelError> {
  const text = await response.text().catch(() => "")
  const said = redactText(text, [apiKey]).slice(0, 500)
  return new ModelError(
    `expected an answer from ${new URL(url).host}, received status ${response.status}: ${said}`,
  )
}
