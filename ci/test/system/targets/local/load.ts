import { once } from "node:events"
import { Agent, get, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { setTimeout as sleep } from "node:timers/promises"

const CALLERS = 8
const PAUSE_MS = 20
const PATHS = ["/version", "/healthz", "/", "/config.js"]

/** Steady requests to an address of 127.0.0.1, some hundreds a second; half of the callers keep their connection. */
export interface Load {
  /** How many have been answered. */
  count(): number
  /** Ends it. @returns what did not get a good answer, in words */
  stop(): Promise<readonly string[]>
}

export function load(url: string): Load {
  const [failures, kept] = [[] as string[], new Agent({ keepAlive: true })]
  let [count, isOver] = [0, false]
  const caller = async (number: number) => {
    const agent = number % 2 === 0 ? kept : new Agent({ keepAlive: false })
    while (!isOver) {
      const path = PATHS[count % PATHS.length] ?? "/"
      const problem = await problemOf(url + path, agent)
      count++
      if (problem !== undefined) failures.push(`${path}: ${problem}`)
      await sleep(PAUSE_MS)
    }
  }
  const callers = Promise.all(Array.from({ length: CALLERS }, (_, number) => caller(number)))
  const stop = async () => {
    isOver = true
    await callers
    kept.destroy()
    return failures
  }
  return { count: () => count, stop }
}

async function problemOf(url: string, agent: Agent): Promise<string | undefined> {
  try {
    const [response] = (await once(get(url, { agent }), "response")) as [IncomingMessage]
    const body = await text(response)
    return response.statusCode === 200 ? undefined : `${response.statusCode} ${body}`
  } catch (error) {
    return String(error)
  }
}
