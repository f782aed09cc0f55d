/** One input that the server refused: where it is (`steps.0.name`) and why. */
export interface FieldError {
  field: string
  message: string
}

interface ApiErrorDetails {
  /** HTTP status; 0 when no answer came. */
  status: number
  code: string
  requestId?: string | undefined
  fields?: FieldError[] | undefined
  cause?: unknown
}

/** An answer that is no success, or no answer at all. The message is meant for people. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly fields: FieldError[]

  constructor(message: string, { status, code, requestId, fields, cause }: ApiErrorDetails) {
    super(message, { cause })
    this.name = "ApiError"
    this.status = status
    this.code = code
    this.requestId = requestId
    this.fields = fields ?? []
  }

  /** Whether the API key is the reason: none, a wrong one, or one that may not do this. */
  get isAboutTheKey(): boolean {
    return this.status === 401 || this.status === 403
  }

  /** Whether asking again may help: no answer, too many requests, or trouble inside the server. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Any thrown value as an ApiError, so that every view can show it in one way. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new ApiError(`The page failed: ${message}`, { status: -1, code: "page_error", cause: thrown })
}
