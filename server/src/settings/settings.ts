import { type Environment, readVariables } from "./read.js"
import { connectorNames, type Variables, variables } from "./variables.js"

/** A way to reach a model. */
export type ConnectorName = (typeof connectorNames)[number]

/** What one connector to a company's model needs. */
export interface ModelAccess {
  /** Sent with every call; never logged. */
  apiKey: string
  /** Where the company's HTTP API starts, without a slash at the end. */
  baseUrl: string
  model: string
}

/** All settings of the server, checked. Times are milliseconds. */
export type Settings = ReturnType<typeof toSettings>

/**
 * The server's settings from an environment.
 * @throws SettingsError naming every missing or wrong setting, without values.
 */
export function readSettings(environment: Environment): Settings {
  return toSettings(readVariables(variables, environment, connectorProblems))
}

// In production nobody should get made-up answers because a setting was forgotten.
function connectorProblems(present: Environment) {
  const connector = present.DEFAULT_CONNECTOR
  const problems = []
  if (connector === undefined && present.NODE_ENV === "production")
    problems.push(`DEFAULT_CONNECTOR is missing: expected one of ${connectorNames.join(", ")} in production`)
  for (const [name, key] of [
    ["openai", "OPENAI_API_KEY"],
    ["anthropic", "ANTHROPIC_API_KEY"],
  ] as const)
    if (connector === name && present[key] === undefined)
      problems.push(`${key} is missing: expected the key of the default connector`)
  return problems
}

function toSettings(from: Variables) {
  return {
    production: from.NODE_ENV === "production",
    environment: from.APP_ENVIRONMENT,
    commit: from.COMMIT,
    version: from.RELEASE_VERSION,
    databaseUrl: from.DATABASE_URL,
    http: httpSettings(from),
    log: { level: from.LOG_LEVEL, format: from.LOG_FORMAT },
    model: modelSettings(from),
    worker: { leaseMs: from.LEASE_MS, pollIntervalMs: from.POLL_INTERVAL_MS },
    warmUpRequests: from.WARM_UP_REQUESTS,
    shutdownDeadlineMs: from.SHUTDOWN_DEADLINE_MS,
  }
}

function httpSettings(from: Variables) {
  return {
    host: from.HOST,
    port: from.PORT,
    corsOrigins: from.CORS_ORIGINS,
    rateLimitPerMinute: from.RATE_LIMIT_PER_MINUTE,
    bodyLimitBytes: from.BODY_LIMIT_BYTES,
    proxies: from.TRUST_PROXY,
  }
}

function modelSettings(from: Variables) {
  return {
    defaultConnector: from.DEFAULT_CONNECTOR ?? "sandbox",
    openai: access(from.OPENAI_API_KEY, from.OPENAI_BASE_URL, from.OPENAI_MODEL),
    anthropic: access(from.ANTHROPIC_API_KEY, from.ANTHROPIC_BASE_URL, from.ANTHROPIC_MODEL),
    timeoutMs: from.MODEL_TIMEOUT_MS,
    maxRetries: from.MODEL_MAX_RETRIES,
  }
}

function access(apiKey: string | undefined, baseUrl: string, model: string): ModelAccess | undefined {
  return apiKey === undefined ? undefined : { apiKey, baseUrl: baseUrl.replace(/\/+$/, ""), model }
}
