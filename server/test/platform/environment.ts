/** Settings as variables. */
export type Variables = Record<string, string>

/**
 * Variables for a server under test: it looks often and gives up late, logs JSON, listens on any free port, and has
 * nothing from the developer's machine.
 */
export function testEnvironment(databaseUrl: string, changes: Variables = {}): Variables {
  return {
    NODE_ENV: "test",
    APP_ENVIRONMENT: "test",
    DATABASE_URL: databaseUrl,
    PORT: "0",
    COMMIT: "0123abc",
    RELEASE_VERSION: "1.2.3",
    LOG_LEVEL: "debug",
    LOG_FORMAT: "json",
    DEFAULT_CONNECTOR: "sandbox",
    OPENAI_API_KEY: "",
    ANTHROPIC_API_KEY: "",
    LEASE_MS: "30000",
    POLL_INTERVAL_MS: "50",
    SHUTDOWN_DEADLINE_MS: "20000",
    RATE_LIMIT_PER_MINUTE: "100000",
    ...changes,
  }
}
