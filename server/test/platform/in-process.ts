import { afterAll } from "vitest"
import { createKey } from "../../src/api-keys/store.js"
import { startServer } from "../../src/server.js"
import { readSettings } from "../../src/settings/settings.js"
import { shutDown } from "../../src/shutdown.js"
import { TelemetryLogger } from "../../src/telemetry/logger.js"
import { Api } from "./api.js"
import { testDatabase } from "./database.js"
import { testEnvironment, type Variables } from "./environment.js"

/** The whole server in this process, on a database of its own; stopped after the last test of the file. */
export async function openServer(changes: Variables = {}) {
  const database = await testDatabase()
  const settings = readSettings(testEnvironment(database.url, changes))
  const lines: Record<string, unknown>[] = []
  const write = (line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>)
  }
  const { version, environment, log } = settings
  const logger = TelemetryLogger.create({ ...log, format: "json", version, environment, output: { write } })
  const running = await startServer(settings, logger)
  afterAll(() => shutDown(running, 3_000))
  const key = await createKey(running.database, "test", [])
  const sandboxKey = await createKey(running.database, "sandbox only", ["sandbox"])
  return { api: new Api(`http://127.0.0.1:${running.port}`, key), key, sandboxKey, database, running, lines }
}
