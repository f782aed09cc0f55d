import { z } from "zod"

/** The connectors a workflow can name; each is a way to reach a model. */
export const connectorNames = ["sandbox", "openai", "anthropic"] as const

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .describe(`a whole number from ${least} to ${most}`)

const milliseconds = (least: number, most: number) =>
  wholeNumber(least, most).describe(`milliseconds, a whole number from ${least} to ${most}`)

const httpUrl = z.url({ protocol: /^https?$/, abort: true }).describe("an http or https URL")

/** As a browser sends it: lower case, without a slash at its end. */
const origin = httpUrl
  .refine((url) => /^\/?$/.test(partsAfterOrigin(url)))
  .transform((url) => new URL(url).origin)

function partsAfterOrigin(url: string): string {
  const { pathname, search, hash } = new URL(url)
  return pathname + search + hash
}

function isDecodable(url: string): boolean {
  try {
    const { username, password } = new URL(url)
    decodeURIComponent(username + password)
    return true
  } catch {
    return false
  }
}

const commaList = z
  .string()
  .transform((list) => list.split(",").map((entry) => entry.trim()))
  .pipe(z.array(z.union([z.literal("*"), origin])))
  .describe("origins such as https://app.example.com, separated by commas, or *")

const text = z.string().max(200).describe("a text of at most 200 characters")
const secret = z.string().min(8).describe("a secret of at least 8 characters")
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words).describe(`one of ${words.join(", ")}`)

/** DATABASE_URL alone: all that a command needs which only speaks to the database. */
export const databaseVariables = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .refine(isDecodable)
    .describe(
      "a URL such as postgresql://user:password@host:5432/database; characters such as % or @ in the password are written as %25 or %40",
    ),
})

/** Every environment variable the server reads. A description says what is expected and ends up in the error. */
export const variables = databaseVariables.extend({
  NODE_ENV: oneOf(["development", "test", "production"]).default("development"),
  APP_ENVIRONMENT: text.default("local"),
  HOST: text.default("127.0.0.1"),
  PORT: wholeNumber(0, 65535).default(3000),
  COMMIT: text.default("unknown"),
  RELEASE_VERSION: text.default("unreleased"),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  LOG_FORMAT: oneOf(["json", "pretty"]).optional(),
  CORS_ORIGINS: commaList.default(["http://localhost:5173"]),
  DEFAULT_CONNECTOR: oneOf(connectorNames).optional(),
  OPENAI_API_KEY: secret.optional(),
  OPENAI_BASE_URL: httpUrl.default("https://api.openai.com/v1"),
  OPENAI_MODEL: text.default("gpt-4.1-mini"),
  ANTHROPIC_API_KEY: secret.optional(),
  ANTHROPIC_BASE_URL: httpUrl.default("https://api.anthropic.com"),
  ANTHROPIC_MODEL: text.default("claude-haiku-4-5"),
  MODEL_TIMEOUT_MS: milliseconds(10, 600_000).default(60_000),
  MODEL_MAX_RETRIES: wholeNumber(0, 10).default(2),
  LEASE_MS: milliseconds(100, 600_000).default(15_000),
  POLL_INTERVAL_MS: milliseconds(10, 60_000).default(1_000),
  SHUTDOWN_DEADLINE_MS: milliseconds(100, 600_000).default(25_000),
  WARM_UP_REQUESTS: wholeNumber(0, 10_000).default(0),
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000).default(600),
  BODY_LIMIT_BYTES: wholeNumber(100, 100_000_000).default(1_048_576),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
})

/** The variables after the check, with defaults filled in. */
export type Variables = z.infer<typeof variables>
