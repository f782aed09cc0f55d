/** The codes an error body can carry. */
export type ErrorCode =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "unsupported_media_type"
  | "invalid"
  | "rate_limited"
  | "internal"

/** What is wrong with one field of a request. */
export interface FieldProblem {
  /** Path inside the body or the query, for example `steps.0.name`. */
  field: string
  message: string
}

/** An error that the caller may see; anything else that is thrown becomes a bare 500. */
export class HttpError extends Error {
  override name = "HttpError"

  /**
   * @param code Decides the status.
   * @param message What was expected, what was received, what to do.
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly fields?: readonly FieldProblem[],
  ) {
    super(message)
  }

  /** The HTTP status of the code. */
  get status(): number {
    return statuses[this.code]
  }
}

/** 404 for something that is named by its id. */
export function notFound(what: string): HttpError {
  return new HttpError("not_found", `expected the id of a ${what}; there is none with this id`)
}

const statuses: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  rate_limited: 429,
  internal: 500,
}
