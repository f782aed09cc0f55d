import { once } from "node:events"
import { request, type Agent, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"

/** What is asked for, over and over. */
export interface Asked {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly body?: object
  readonly expected: number
}

/** A request that was answered, or was not. */
export interface Answered {
  /** When it was begun, in milliseconds since the epoch. */
  readonly at: number
  /** Until the last byte of its answer. */
  readonly milliseconds: number
  /** Why it counts as failed; absent when it does not. */
  readonly problem?: string
}

interface To {
  readonly url: string
  readonly key: string
  readonly agent: Agent
}

/** Sends one request and never rejects. No request is sent again: what a client would have to hide is a failure here. */
export async function sent(
  { method, path, body, expected }: Asked,
  { url, key, agent }: To,
): Promise<Answered> {
  const [at, began] = [Date.now(), performance.now()]
  const problem = await answered().catch((error: unknown) => `${method} ${path}: ${String(error)}`)
  const milliseconds = performance.now() - began
  return { at, milliseconds, ...(problem !== undefined && { problem }) }

  async function answered(): Promise<string | undefined> {
    const headers = { ...(body && { authorization: `Bearer ${key}`, "content-type": "application/json" }) }
    const sending = request(url + path, { method, agent, headers })
    sending.end(body && JSON.stringify(body))
    const [response] = (await once(sending, "response")) as [IncomingMessage]
    const said = await text(response)
    if (response.statusCode === expected) return undefined
    return `${method} ${path}: expected ${expected}, received ${response.statusCode} ${said.slice(0, 200)}`
  }
}
