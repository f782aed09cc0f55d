import { Agent } from "node:http"
import { follow, type Stream } from "./stream.js"
import { sent, type Answered, type Asked } from "./sent.js"

/** A load on one address of this machine. */
export interface LoadOptions {
  /** Base URL. */
  readonly url: string
  /** API key of those requests that write. */
  readonly key: string
  /** Requests that are begun a second, whether earlier ones have been answered or not. */
  readonly perSecond: number
  /** A run whose events are followed all the time; opened again when the server says so. */
  readonly runId?: string
}

/** What a load found. */
export interface LoadResult {
  readonly answers: readonly Answered[]
  /** One line for each request that did not get what it should. */
  readonly failures: readonly string[]
  /** How often the stream was told to reconnect. */
  readonly reconnects: number
}

/** A load that goes on. */
export interface Load {
  /** Requests that have been answered. */
  readonly count: () => number
  /** Ends it, once every request under way has been answered. */
  readonly stop: () => Promise<LoadResult>
}

const TICK_MS = 10
/** Of how many requests one is sent over a connection of its own. */
const OWN_CONNECTION = 4
const WORKFLOW = { goal: "Load", connector: "sandbox", steps: [{ name: "Only", prompt: "Say something" }] }

/** What users do: most read, some write; the page and the API alike. */
export const MIX: readonly Asked[] = [
  { method: "GET", path: "/api/workflows", expected: 200 },
  { method: "GET", path: "/version", expected: 200 },
  { method: "GET", path: "/", expected: 200 },
  { method: "GET", path: "/api/workflows", expected: 200 },
  { method: "POST", path: "/api/workflows", body: WORKFLOW, expected: 201 },
  { method: "GET", path: "/config.js", expected: 200 },
]

/** Begins a steady load: an open loop, so that a server that is slow for a moment is not asked less in that moment. */
export function startLoad({ url, key, perSecond, runId }: LoadOptions): Load {
  const answers: Answered[] = []
  const underWay = new Set<Promise<unknown>>()
  const kept = new Agent({ keepAlive: true, maxSockets: 32 })
  const stream: Stream | undefined = runId === undefined ? undefined : follow(url, runId)
  const began = performance.now()
  let begun = 0
  const send = () => {
    const asked = MIX[begun % MIX.length]
    const agent = begun % OWN_CONNECTION === 0 ? new Agent({ keepAlive: false }) : kept
    begun++
    if (!asked) return
    const request = sent(asked, { url, key, agent }).then((answer) => void answers.push(answer))
    underWay.add(request)
    void request.finally(() => underWay.delete(request))
  }
  const timer = setInterval(() => {
    for (const due = ((performance.now() - began) / 1000) * perSecond; begun < due;) send()
  }, TICK_MS)
  const stop = async () => {
    clearInterval(timer)
    await Promise.all(underWay)
    kept.destroy()
    const ended = await stream?.stop()
    const failures = answers.flatMap(({ problem }) => problem ?? [])
    return {
      answers,
      failures: [...failures, ...(ended?.failures ?? [])],
      reconnects: ended?.reconnects ?? 0,
    }
  }
  return { count: () => answers.length, stop }
}
