import { setTimeout as sleep } from "node:timers/promises"
import { type Connector, ModelError } from "../agent/connector.js"
import type { ConnectorRegistry } from "../agent/connectors.js"
import { fillTemplate } from "../agent/template.js"
import type { RunParts } from "../runs/change.js"
import type { TelemetryLogger } from "../telemetry/logger.js"
import type { Claim } from "./claim.js"
import { keepLease } from "./heartbeat.js"
import { beginCall } from "./lease.js"
import { type Outcome, storeOutcome } from "./outcome.js"

/** What working on a step needs. */
export interface StepParts extends RunParts {
  connectors: ConnectorRegistry
  logger: TelemetryLogger
  leaseMs: number
  /** Aborted when the server can wait no longer for model calls in flight. */
  goingAway: AbortSignal
}

const leastStoreAttempts = 5
const storePauseMs = 200
const longestStorePauseMs = 2_000
/** Longest filled prompt, in characters: a template may repeat a long value many times. */
const longestPrompt = 100_000

/**
 * Works on a claimed step: fills its prompt, notes that the model is called, calls it, stores how it went.
 * Gives up without a trace when the lease is lost on the way.
 */
export async function workOn(parts: StepParts, claim: Claim): Promise<void> {
  const { runId, workflowId, position, connector: name } = claim
  const logger = parts.logger.with({ runId, workflowId, step: position, connector: name })
  const connector = parts.connectors.get(name)
  if (!connector)
    return refused(parts, claim, `the connector ${name} is not configured on this server; set its key`)
  const prompt = fillTemplate(claim.prompt, claim)
  if (prompt.length > longestPrompt) return refused(parts, claim, tooLong(prompt))
  if (!(await beginCall(parts, claim, prompt))) return
  const outcome = await callAndStore(parts, claim, { connector, prompt })
  logger[outcome ? "info" : "warn"](`step ${outcome?.status ?? "lost"}`, { ...outcome, output: undefined })
}

const tooLong = ({ length }: string) =>
  `expected a prompt of at most ${longestPrompt} characters once filled, received ${length}; use shorter values`

async function refused(parts: StepParts, claim: Claim, error: string): Promise<void> {
  await storeOutcome(parts, claim, { status: "failed", error })
}

interface Call {
  connector: Connector
  prompt: string
}

async function callAndStore(parts: StepParts, claim: Claim, call: Call) {
  const heartbeat = keepLease(parts, claim, parts.leaseMs)
  try {
    const signal = AbortSignal.any([heartbeat.lost, parts.goingAway])
    const outcome = await callModel(parts, call, signal)
    parts.metrics.modelCallSeconds.observe(labels(claim, outcome), (outcome.durationMs ?? 0) / 1000)
    // An answer is stored even so: the token decides whether it still counts.
    if (outcome.status === "interrupted" && heartbeat.lost.aborted) return undefined
    const store = () => storeOutcome(parts, claim, outcome)
    return (await withPatience(store, { ...parts, runId: claim.runId, signal })) ? outcome : undefined
  } finally {
    heartbeat.stop()
  }
}

async function callModel(
  { logger }: StepParts,
  { connector, prompt }: Call,
  signal: AbortSignal,
): Promise<Outcome> {
  const start = performance.now()
  const elapsed = () => Math.round(performance.now() - start)
  try {
    const output = await connector.complete(prompt, signal)
    return { status: "succeeded", output, durationMs: elapsed() }
  } catch (error) {
    const durationMs = elapsed()
    if (signal.aborted)
      return { status: "interrupted", error: "the server stopped during the model call", durationMs }
    if (error instanceof ModelError) return { status: "failed", error: error.message, durationMs }
    logger.error("model call broke", { error })
    return { status: "failed", error: "the server failed while it called the model", durationMs }
  }
}

interface Patience {
  logger: TelemetryLogger
  runId: string
  /** Aborted when waiting makes no sense any more; the least number of attempts is made even so. */
  signal: AbortSignal
}

// The answer has been paid for: a database that is away must not lose it while the lease lasts.
async function withPatience(store: () => Promise<boolean>, { logger, runId, signal }: Patience) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await store()
    } catch (error) {
      logger.warn("could not store a step's outcome", { runId, attempt, error })
      if (attempt >= leastStoreAttempts && signal.aborted) return false
      await sleep(Math.min(storePauseMs * attempt, longestStorePauseMs))
    }
  }
}

const labels = ({ connector }: Claim, { status }: Outcome) => ({ connector, outcome: status })
