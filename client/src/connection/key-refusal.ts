import type { ApiError } from "../api/api-error"

/** What to tell somebody whose write was refused because of the key. */
export function keyRefusal(error: ApiError, hadKey: boolean): string {
  return `${reason(error, hadKey)}${error.requestId === undefined ? "" : ` (Request ${error.requestId}.)`}`
}

function reason({ status, message }: ApiError, hadKey: boolean): string {
  if (!hadKey) return "This needs an API key. Enter one here, then try again; nothing you wrote is lost."
  if (status === 403) return `The key may not do this: ${message} Use a key that may, then try again.`
  return "The server does not accept this key. It may be mistyped or withdrawn; enter another one and try again."
}
