import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client"

const quick = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const slow = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300]

/** How many connections the database pool holds, by what they do. */
export interface PoolCounts {
  idle: number
  busy: number
  /** Queries that wait for a connection. */
  waiting: number
}

/** What the server counts and measures, in Prometheus' units. One object a process. */
export type Metrics = ReturnType<typeof createMetrics>

/**
 * All metrics of a server, on a registry of their own.
 * @param pool Asked at every scrape.
 */
export function createMetrics(pool: () => PoolCounts) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  registerPoolGauge(registry, pool)
  return { registry, ...httpMetrics([registry]), ...agentMetrics([registry]), ...databaseMetrics([registry]) }
}

function httpMetrics(registers: Registry[]) {
  return {
    requestSeconds: new Histogram({
      name: "http_request_duration_seconds",
      help: "Time from a request to the end of its answer; streams are left out.",
      labelNames: ["method", "route", "status"],
      buckets: quick,
      registers,
    }),
    requestErrors: new Counter({
      name: "http_errors_total",
      help: "Answers that were errors, by the code in their body.",
      labelNames: ["code"],
      registers,
    }),
    openStreams: new Gauge({ name: "http_streams_open", help: "Runs being followed now.", registers }),
  }
}

function agentMetrics(registers: Registry[]) {
  return {
    runs: new Counter({
      name: "runs_total",
      help: "Runs that this process ended, by outcome.",
      labelNames: ["outcome"],
      registers,
    }),
    steps: new Counter({
      name: "steps_total",
      help: "Steps that this process ended, by outcome.",
      labelNames: ["outcome"],
      registers,
    }),
    modelCallSeconds: new Histogram({
      name: "model_call_duration_seconds",
      help: "Time of a model call with its retries.",
      labelNames: ["connector", "outcome"],
      buckets: slow,
      registers,
    }),
  }
}

function databaseMetrics(registers: Registry[]) {
  return {
    querySeconds: new Histogram({
      name: "database_query_duration_seconds",
      help: "Time of a database query.",
      buckets: quick,
      registers,
    }),
  }
}

function registerPoolGauge(registry: Registry, pool: () => PoolCounts) {
  new Gauge({
    name: "database_pool_connections",
    help: "Connections of the pool that are idle or busy, and queries waiting for one.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { idle, busy, waiting } = pool()
      this.set({ state: "idle" }, idle)
      this.set({ state: "busy" }, busy)
      this.set({ state: "waiting" }, waiting)
    },
  })
}
