import { useState } from "react"

import type { ApiError } from "../api/api-error"
import { toApiError } from "../api/api-error"
import { useConnection } from "../connection/connection-context"
import { goTo } from "../routing/use-route"
import { startRun } from "../runs/requests"
import type { RunSummary } from "../runs/run"
import type { Workflow } from "./workflow"

interface RunWorkflowProps {
  workflow: Workflow
  onStarted: (run: RunSummary) => void
}

/** Starts a run and goes to it. */
export function RunWorkflow({ workflow, onStarted }: RunWorkflowProps) {
  const { connection, explainKeyError } = useConnection()
  const [isStarting, setIsStarting] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const start = async () => {
    if (isStarting) return
    setIsStarting(true)
    setError(null)
    try {
      const run = await startRun(connection, workflow.id)
      onStarted(run)
      goTo({ view: "workflow", workflowId: workflow.id, runId: run.id })
    } catch (thrown) {
      const failure = toApiError(thrown)
      if (!explainKeyError(failure)) setError(failure)
    }
    setIsStarting(false)
  }
  return (
    <div className="run-workflow">
      <button
        type="button"
        className="button button-strong"
        aria-disabled={isStarting}
        onClick={() => {
          void start()
        }}
      >
        {isStarting ? "Starting…" : workflow.runs.length === 0 ? "Run workflow" : "Run again"}
      </button>
      {error && (
        <p className="field-error" role="alert">
          It was not started. {error.message}
          {error.requestId !== undefined && ` (Request ${error.requestId})`}
        </p>
      )}
    </div>
  )
}
