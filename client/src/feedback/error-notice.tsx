import type { ApiError } from "../api/api-error"
import "./feedback.css"

interface ErrorNoticeProps {
  /** What could not be done, as a sentence. */
  title: string
  error: ApiError
  /** Does it again; without it the notice offers no way to. */
  onRetry?: () => void
}

/** Tells what went wrong, why, and under which request id the server's log has more. */
export function ErrorNotice({ title, error, onRetry }: ErrorNoticeProps) {
  return (
    <div className="notice notice-error" role="alert">
      <p className="notice-title">{title}</p>
      <p>{error.message}</p>
      {error.requestId !== undefined && (
        <p className="quiet">
          Request <code>{error.requestId}</code>
        </p>
      )}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}
