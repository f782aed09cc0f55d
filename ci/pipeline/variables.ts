import type { Variable } from "./function.js"

/** Of what tests. */
export const TEST_DATABASE_URL: Variable = {
  name: "TEST_DATABASE_URL",
  summary: "a PostgreSQL to make test databases in (default: a throwaway one)",
  required: false,
}

/** Of `publish`. */
export const REGISTRY_PASSWORD: Variable = {
  name: "REGISTRY_PASSWORD",
  summary: "password or token of the user",
  required: false,
  secret: "registry-password",
}

/** Of `migrate`. */
export const DATABASE_URL: Variable = {
  name: "DATABASE_URL",
  summary: "the database to migrate",
  required: true,
  secret: "database-url",
  fact: "databaseUrl",
}

/** Of `smoke`. */
export const SMOKE_API_KEY: Variable = {
  name: "SMOKE_API_KEY",
  summary: "an API key limited to the sandbox connector",
  required: true,
  secret: "smoke-api-key",
  fact: "smokeKey",
}
