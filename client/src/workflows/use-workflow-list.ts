import { useEffect, useEffectEvent, useReducer, useState } from "react"

import { toApiError } from "../api/api-error"
import { useConnection } from "../connection/connection-context"
import { hasEnded } from "../runs/run"
import { listWorkflows } from "./requests"
import { changedList, emptyList } from "./workflow-list-state"

const pageSize = 20
const largestPage = 100
const refreshMs = 3_000

/** The list of workflows: its first page now and whenever the list comes into view, more when asked for. */
export function useWorkflowList() {
  const { connection } = useConnection()
  const [state, change] = useReducer(changedList, emptyList)
  const [attempt, setAttempt] = useState(0)
  const loaded = state.items?.length ?? 0
  const isAnyActive = state.items?.some(({ lastRun }) => lastRun !== null && !hasEnded(lastRun)) ?? false

  const refresh = useEffectEvent((signal: AbortSignal, isQuiet: boolean) => {
    const limit = Math.min(largestPage, Math.max(pageSize, loaded))
    listWorkflows(connection, { limit, signal }).then(
      (page) => {
        change({ type: "first", page })
      },
      (thrown: unknown) => {
        if (!signal.aborted && !isQuiet) change({ type: "failed", of: "first", cause: toApiError(thrown) })
      },
    )
  })
  useEffect(() => {
    const stop = new AbortController()
    refresh(stop.signal, false)
    return () => {
      stop.abort()
    }
  }, [attempt])
  useEffect(() => {
    if (!isAnyActive) return
    const stop = new AbortController()
    const timer = setInterval(() => {
      if (!document.hidden) refresh(stop.signal, true)
    }, refreshMs)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [isAnyActive])

  const retry = () => {
    change({ type: "asked", of: "first" })
    setAttempt((count) => count + 1)
  }
  const loadMore = async () => {
    if (state.isLoadingMore) return
    change({ type: "asked", of: "more" })
    try {
      change({
        type: "more",
        page: await listWorkflows(connection, { limit: pageSize, cursor: state.nextCursor }),
      })
    } catch (thrown) {
      change({ type: "failed", of: "more", cause: toApiError(thrown) })
    }
  }
  return { ...state, retry, loadMore }
}
