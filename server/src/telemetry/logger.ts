import {
  type DestinationStream,
  type Level,
  type LevelWithSilent,
  type Logger,
  pino,
  stdSerializers,
} from "pino"
import { type LogFormat, logOutput } from "./output.js"
import { type Redact, redaction } from "./redact.js"

/** Fields of a log line. Those named here have one spelling everywhere, so that lines can be searched. */
export interface TelemetryFields {
  requestId?: string | undefined
  workflowId?: string | undefined
  runId?: string | undefined
  /** Milliseconds. */
  durationMs?: number | undefined
  /** Whatever was thrown; logged with its type, message, stack and causes. */
  error?: unknown
  [field: string]: unknown
}

/** How a logger is made. */
export interface TelemetryOptions {
  level: LevelWithSilent
  format: LogFormat
  /** The release version. */
  version: string
  /** The word from APP_ENVIRONMENT. */
  environment: string
  /** Values that must never appear in a line. */
  secrets?: readonly (string | undefined)[]
  /** Where lines go; standard output if absent. */
  output?: DestinationStream
}

/** Structured logs. Each line has time, level, message, service, version and environment, and no secrets. */
export class TelemetryLogger {
  readonly #logger: Logger
  readonly #redact: Redact

  private constructor(logger: Logger, redact: Redact) {
    this.#logger = logger
    this.#redact = redact
  }

  /** The logger of a process. */
  static create(options: TelemetryOptions): TelemetryLogger {
    const { level, version, environment } = options
    const base = { service: "server", version, environment }
    const logger = pino(
      { level, base, messageKey: "message", timestamp, formatters: { level: label } },
      logOutput(options.format, options.output),
    )
    return new TelemetryLogger(logger, redaction(options.secrets ?? []))
  }

  /** A logger that adds the given fields to each of its lines. */
  with(fields: TelemetryFields): TelemetryLogger {
    return new TelemetryLogger(this.#logger.child({ ...this.#safe(fields) }), this.#redact)
  }

  /** Something only a developer wants to see. */
  debug(message: string, fields?: TelemetryFields) {
    this.#write("debug", message, fields)
  }

  /** Something that happened as it should. */
  info(message: string, fields?: TelemetryFields) {
    this.#write("info", message, fields)
  }

  /** Something that went wrong and that the server dealt with. */
  warn(message: string, fields?: TelemetryFields) {
    this.#write("warn", message, fields)
  }

  /** Something a person should look at. */
  error(message: string, fields?: TelemetryFields) {
    this.#write("error", message, fields)
  }

  #write(level: Level, message: string, fields: TelemetryFields = {}) {
    if (!this.#logger.isLevelEnabled(level)) return
    this.#logger[level](this.#safe(fields), String(this.#redact(message)))
  }

  #safe(fields: TelemetryFields): object {
    const error = fields.error instanceof Error ? { error: stdSerializers.errWithCause(fields.error) } : {}
    return Object(this.#redact({ ...fields, ...error })) as object
  }
}

const label = (level: string) => ({ level })
const timestamp = () => `,"time":"${new Date().toISOString()}"`
