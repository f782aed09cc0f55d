import { useState } from "react"

import type { ApiError } from "../api/api-error"
import { toApiError } from "../api/api-error"
import { useConnection } from "../connection/connection-context"
import { cancelRun } from "./requests"

interface CancelRunProps {
  runId: string
  /** Called when the request was taken; the button goes away, so the focus needs another place. */
  onDone: () => void
}

/** Asks the server to end a run. */
export function CancelRun({ runId, onDone }: CancelRunProps) {
  const { connection, explainKeyError } = useConnection()
  const [state, setState] = useState<"ready" | "asking" | "asked">("ready")
  const [error, setError] = useState<ApiError | null>(null)
  const cancel = async () => {
    if (state !== "ready") return
    setState("asking")
    try {
      await cancelRun(connection, runId)
      setState("asked")
      onDone()
    } catch (thrown) {
      setState("ready")
      const failure = toApiError(thrown)
      setError(explainKeyError(failure) ? null : failure)
    }
  }
  return (
    <div className="run-cancel">
      <button
        type="button"
        className="button"
        aria-disabled={state !== "ready"}
        onClick={() => {
          void cancel()
        }}
      >
        {state === "ready" ? "Cancel run" : "Cancelling…"}
      </button>
      {error && (
        <p className="field-error" role="alert">
          {cancelFailure(error)}
        </p>
      )}
    </div>
  )
}

function cancelFailure({ message, requestId }: ApiError): string {
  return `It was not cancelled. ${message}${requestId === undefined ? "" : ` (Request ${requestId})`}`
}
