import { once } from "node:events"
import { createServer, type Server } from "node:http"
import { configuredConnectors } from "./agent/connectors.js"
import { createApp } from "./app.js"
import { type Database, openDatabase } from "./database/database.js"
import { InFlight } from "./http/in-flight.js"
import { SilentConnections } from "./http/silent-connections.js"
import { knownMigrations } from "./operations/migrations.js"
import { Readiness } from "./operations/readiness.js"
import { Streams } from "./runs/streams.js"
import { RunWatcher } from "./runs/watcher.js"
import type { Settings } from "./settings/settings.js"
import type { TelemetryLogger } from "./telemetry/logger.js"
import { createMetrics, type Metrics } from "./telemetry/metrics.js"
import { startWarmUp, type WarmUp } from "./warm-up/warm-up.js"
import { Worker } from "./worker/worker.js"

/** Longer than the idle time of the usual proxies, which would else meet a connection as it closes. */
const keepAliveTimeoutMs = 65_000

/** A server that listens and works on runs. */
export interface RunningServer {
  server: Server
  silent: SilentConnections
  /** The port it listens on. */
  port: number
  worker: Worker
  database: Database
  readiness: Readiness
  streams: Streams
  inFlight: InFlight
  warmUp: WarmUp
}

/**
 * Puts the parts together, listens, and begins to work on runs. The database need not be there yet. It is ready once it is
 * warm.
 * @throws Error when the address can't be listened on.
 */
export async function startServer(settings: Settings, logger: TelemetryLogger): Promise<RunningServer> {
  const { database, metrics } = measuredDatabase(settings, logger)
  const connectors = configuredConnectors(settings)
  const watcher = new RunWatcher({ database, logger, pollIntervalMs: settings.worker.pollIntervalMs })
  const worker = new Worker({ database, metrics, watcher, connectors, logger, ...settings.worker })
  const running = {
    worker,
    database,
    readiness: new Readiness(database, knownMigrations()),
    streams: new Streams(),
  }
  const inFlight = new InFlight()
  const onQueued = () => {
    worker.wake()
  }
  const parts = { ...running, inFlight, settings, logger, metrics, watcher, connectors, onQueued }
  const server = createServer({ keepAliveTimeout: keepAliveTimeoutMs }, createApp(parts))
  const silent = new SilentConnections(server)
  const port = await listen(server, settings.http)
  const warmUp = startWarmUp(parts, settings.warmUpRequests)
  running.readiness.waitFor(warmUp.done)
  void warmUp.done.then(() => worker.start())
  return { ...running, inFlight, server, silent, port, warmUp }
}

function measuredDatabase({ databaseUrl }: Settings, logger: TelemetryLogger) {
  const database: Database = openDatabase(databaseUrl, {
    onQuery: (seconds) => {
      metrics.querySeconds.observe(seconds)
    },
    onConnectionError: (error) => {
      logger.warn("a database connection broke", { error })
    },
  })
  const metrics: Metrics = createMetrics(() => database.poolCounts())
  return { database, metrics }
}

async function listen(server: Server, { host, port }: Settings["http"]): Promise<number> {
  server.listen(port, host)
  await once(server, "listening")
  const address = server.address()
  return typeof address === "object" && address ? address.port : port
}
