import { startServer } from "./server.js"
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

// Before the start: the first process of a container ignores a signal that it does not listen for, any other ends at once.
// The first signal asks, the second insists.
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void stop(signal))
}
const starting = startServer(settings, logger)
const { port } = await starting
logger.info("listening", { host: settings.http.host, port, commit: settings.commit })

async function stop(signal: string) {
  process.removeAllListeners("SIGTERM").removeAllListeners("SIGINT")
  for (const again of ["SIGTERM", "SIGINT"] as const)
    process.once(again, () => {
      process.exit(1)
    })
  logger.info("shutting down", { signal })
  const server = await starting
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
