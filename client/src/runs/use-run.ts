import { useCallback, useEffect, useReducer, useState } from "react"

import type { ApiError } from "../api/api-error"
import { toApiError } from "../api/api-error"
import { useConnection } from "../connection/connection-context"
import type { Link } from "./follow-run"
import { followRun } from "./follow-run"
import type { Run } from "./run"

interface FollowedRun {
  run: Run | null
  link: Link
  error: ApiError | null
}

const nothingYet: FollowedRun = { run: null, link: "live", error: null }

function withChange(state: FollowedRun, change: Partial<FollowedRun>): FollowedRun {
  return { ...state, ...change }
}

/** Follows one run for as long as the component is on the page; give the component the run's id as its key. */
export function useRun(runId: string) {
  const { connection } = useConnection()
  const [state, change] = useReducer(withChange, nothingYet)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const stop = new AbortController()
    const tell = (news: Partial<FollowedRun>) => {
      if (!stop.signal.aborted) change(news)
    }
    followRun(connection, runId, {
      signal: stop.signal,
      onRun: (run) => {
        tell({ run, error: null })
      },
      onLink: (link) => {
        tell({ link, error: null })
      },
    }).catch((thrown: unknown) => {
      tell({ error: toApiError(thrown) })
    })
    return () => {
      stop.abort()
    }
  }, [connection, runId, attempt])

  const retry = useCallback(() => {
    change({ error: null })
    setAttempt((count) => count + 1)
  }, [])
  return { ...state, retry }
}
