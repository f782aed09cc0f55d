import { type RunningServer, startServer } from "./server.js"
import { loadEnvironmentFile } from "./settings/environment-file.js"
import { SettingsError } from "./settings/read.js"
import { readSettings, type Settings } from "./settings/settings.js"
import { leftovers, shutDown } from "./shutdown.js"
import { TelemetryLogger } from "./telemetry/logger.js"

loadEnvironmentFile()
const settings = settingsOrExit()
const logger = createLogger(settings)
process.on("uncaughtException", (error) => {
  logger.error("the server broke", { error })
  process.exit(1)
})

const running = await startServer(settings, logger)
logger.info("listening", { host: settings.http.host, port: running.port, commit: settings.commit })
// The first signal asks, the second insists.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void stop(running, signal))
}

async function stop(server: RunningServer, signal: string) {
  process.removeAllListeners("SIGTERM").removeAllListeners("SIGINT")
  for (const again of ["SIGTERM", "SIGINT"] as const)
    process.once(again, () => {
      process.exit(1)
    })
  logger.info("shutting down", { signal })
  setTimeout(() => {
    logger.error("shutdown took too long", leftovers(server))
    process.exit(1)
  }, settings.shutdownDeadlineMs)
  await shutDown(server, settings.shutdownDeadlineMs)
  logger.info("stopped")
  process.exit(0)
}

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    console.error(error.message)
    return process.exit(1)
  }
}

function createLogger({
  log,
  version,
  environment,
  production,
  databaseUrl,
  model,
}: Settings): TelemetryLogger {
  const format = log.format ?? (process.stdout.isTTY && !production ? "pretty" : "json")
  const { password } = new URL(databaseUrl)
  const secrets = [model.openai?.apiKey, model.anthropic?.apiKey, decodeURIComponent(password)]
  return TelemetryLogger.create({ level: log.level, format, version, environment, secrets })
}
