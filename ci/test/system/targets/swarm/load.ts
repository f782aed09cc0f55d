import { setTimeout as sleep } from "node:timers/promises"
import { Agent, request } from "undici"

/** What became of the requests. */
export interface Tally {
  readonly answered: number
  /** One text for each request that was not answered with 200. */
  readonly failures: readonly string[]
}

const KEEPING = 6
const CLOSING = 3
const PAUSE_MS = 5
const PATHS = ["/version", "/", "/api/workflows", "/config.js"]

/**
 * Sends requests from some connections that are kept and some that are new each time, until it is told to stop.
 * @returns ends the load and tells what became of it
 */
export function steadyLoad(url: string): () => Promise<Tally> {
  const tally = { answered: 0, failures: [] as string[], isOver: false }
  const keeping = Array.from({ length: KEEPING }, () => new Agent({ connections: 1, pipelining: 1 }))
  const closing = Array.from({ length: CLOSING }, () => new Agent({ connections: 1, pipelining: 0 }))
  const visitors = [...keeping, ...closing].map((agent) => visit(url, agent, tally))
  return async () => {
    tally.isOver = true
    await Promise.all(visitors)
    await Promise.all([...keeping, ...closing].map((agent) => agent.close()))
    return tally
  }
}

interface Counting {
  answered: number
  readonly failures: string[]
  isOver: boolean
}

async function visit(url: string, dispatcher: Agent, tally: Counting): Promise<void> {
  for (let turn = 0; !tally.isOver; turn++) {
    const path = PATHS[turn % PATHS.length] ?? "/"
    try {
      const { statusCode, body } = await request(url + path, { dispatcher })
      const text = await body.text()
      if (statusCode === 200) tally.answered++
      else tally.failures.push(`${path}: ${statusCode} ${text}`)
    } catch (error) {
      tally.failures.push(`${path}: ${(error as Error).message}`)
    }
    await sleep(PAUSE_MS)
  }
}
