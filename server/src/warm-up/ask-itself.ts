import { once } from "node:events"
import { Agent, createServer, type IncomingMessage, request } from "node:http"
import type { AddressInfo } from "node:net"
import type { Express } from "express"

/** A request and what it has to be answered with. */
export interface Asked {
  method: string
  path: string
  /** API key. */
  key?: string
  /** Sent as JSON. */
  body?: object
  /** Status of the answer. */
  expected: number
}

/** How often something is asked. */
export interface Times {
  count: number
  /** Requests that are under way at any time. */
  atOnce: number
  /** Ends it early. */
  signal: AbortSignal
}

/**
 * Serves an application where nobody else asks, and asks the same again and again.
 * @returns How many requests were answered until `count` or the signal was reached.
 * @throws Error for the first answer of another status.
 */
export async function askItself(app: Express, asked: Asked, times: Times): Promise<number> {
  const { count, atOnce, signal } = times
  const server = createServer(app).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let [begun, answered] = [0, 0]
  const asking = async () => {
    while (begun < count && !signal.aborted) {
      begun++
      await ask(asked, { host: "127.0.0.1", port, agent })
      answered++
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, asking))
    return answered
  } finally {
    agent.destroy()
    server.close()
  }
}

async function ask(
  { method, path, key, body, expected }: Asked,
  to: { host: string; port: number; agent: Agent },
): Promise<void> {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const headers = { ...authorization, ...(body && { "content-type": "application/json" }) }
  const sending = request({ ...to, method, path, headers }).end(body && JSON.stringify(body))
  const [response] = (await once(sending, "response")) as [IncomingMessage]
  await once(response.resume(), "end")
  if (response.statusCode !== expected)
    throw new Error(`${method} ${path}: expected ${expected}, received ${response.statusCode}`)
}
