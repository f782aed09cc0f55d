import { createKey } from "../api-keys/store.js"
import { type AppParts, createApp } from "../app.js"
import { InFlight } from "../http/in-flight.js"
import { TelemetryLogger } from "../telemetry/logger.js"
import { createMetrics } from "../telemetry/metrics.js"
import { timeLimit } from "../time-limit.js"
import { askItself } from "./ask-itself.js"
import { rolledBack } from "./rolled-back.js"

/** A server that is not warm by then takes requests all the same. */
const patienceMs = 3_000

/** As many as the pool has, so that none is made in a burst of requests. A transaction has one. */
const connections = 10

const steps = [{ name: "Only", prompt: "Say something" }]
const newWorkflow = { goal: "Warm up", connector: "sandbox", steps }

/** A warm-up that goes on. */
export interface WarmUp {
  /** Settled when it is over, whatever it came to. */
  readonly done: Promise<void>
  stop(): void
}

/**
 * Has the server answer requests of its own, half of them reading and half of them writing, before it takes any other: the
 * first few hundred cost several times as much as later ones, since no code is compiled and no connection is made yet. What
 * is written is rolled back. In log and metrics there is nothing of it but one line and its queries.
 */
export function startWarmUp(parts: AppParts, requests: number): WarmUp {
  if (requests === 0) return { done: Promise.resolve(), stop: () => undefined }
  const stopped = new AbortController()
  const signal = AbortSignal.any([stopped.signal, timeLimit(patienceMs)])
  const start = performance.now()
  const told = (answered: number) => {
    parts.logger.info("warmed up", { answered, durationMs: Math.round(performance.now() - start) })
  }
  const done = warmUp(parts, requests / 2, signal).then(told, (error: unknown) => {
    parts.logger.warn("not warmed up", { error })
  })
  return { done, stop: () => stopped.abort() }
}

/** @returns how many requests were answered */
async function warmUp(parts: AppParts, count: number, signal: AbortSignal): Promise<number> {
  const apart = unnoticed(parts)
  const list = { method: "GET", path: "/api/workflows", expected: 200 }
  const read = await askItself(createApp(apart), list, { count, atOnce: connections, signal })
  return rolledBack(parts.database, async (database) => {
    const key = await createKey(database, "warm-up", ["sandbox"])
    const create = { method: "POST", path: "/api/workflows", key, body: newWorkflow, expected: 201 }
    return read + (await askItself(createApp({ ...apart, database }), create, { count, atOnce: 1, signal }))
  })
}

/** Parts of which nobody outside sees what they did, and without a limit of requests. */
function unnoticed(parts: AppParts): AppParts {
  const { settings, database } = parts
  const http = { ...settings.http, rateLimitPerMinute: Number.MAX_SAFE_INTEGER }
  return {
    ...parts,
    settings: { ...settings, http },
    metrics: createMetrics(() => database.poolCounts()),
    inFlight: new InFlight(),
    logger: TelemetryLogger.create({
      ...{ level: settings.log.level, format: "json", version: settings.version },
      ...{ environment: settings.environment, output: { write: () => undefined } },
    }),
  }
}
