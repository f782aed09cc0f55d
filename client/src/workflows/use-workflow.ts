import { useCallback, useEffect, useReducer, useState } from "react"

import type { ApiError } from "../api/api-error"
import { toApiError } from "../api/api-error"
import { useConnection } from "../connection/connection-context"
import type { RunSummary } from "../runs/run"
import { readWorkflow } from "./requests"
import type { Workflow } from "./workflow"

interface State {
  workflow: Workflow | null
  error: ApiError | null
}

type Change = { workflow: Workflow } | { error: ApiError | null } | { run: RunSummary }

function withChange(state: State, change: Change): State {
  if ("workflow" in change) return { workflow: change.workflow, error: null }
  if ("error" in change) return { ...state, error: change.error }
  return { ...state, workflow: state.workflow && withRun(state.workflow, change.run) }
}

/** The workflow with a run as it is now; a run that it doesn't list yet is its newest. */
function withRun(workflow: Workflow, run: RunSummary): Workflow {
  const isKnown = workflow.runs.some(({ id }) => id === run.id)
  const runs = isKnown
    ? workflow.runs.map((known) => (known.id === run.id ? run : known))
    : [run, ...workflow.runs].sort((one, other) => other.createdAt.localeCompare(one.createdAt))
  return { ...workflow, runs }
}

/** Reads a workflow; `takeRun` brings its list of runs up to date with a run that was seen elsewhere. */
export function useWorkflow(id: string) {
  const { connection } = useConnection()
  const [state, change] = useReducer(withChange, { workflow: null, error: null })
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const stop = new AbortController()
    readWorkflow(connection, id, stop.signal).then(
      (workflow) => {
        change({ workflow })
      },
      (thrown: unknown) => {
        if (!stop.signal.aborted) change({ error: toApiError(thrown) })
      },
    )
    return () => {
      stop.abort()
    }
  }, [connection, id, attempt])

  const retry = useCallback(() => {
    change({ error: null })
    setAttempt((count) => count + 1)
  }, [])
  const takeRun = useCallback((run: RunSummary) => {
    change({ run })
  }, [])
  return { ...state, retry, takeRun }
}
