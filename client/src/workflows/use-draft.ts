import { useEffect, useLayoutEffect, useReducer, useRef, useState } from "react"

import { toApiError } from "../api/api-error"
import type { ApiError } from "../api/api-error"
import { useConnection } from "../connection/connection-context"
import { goTo } from "../routing/use-route"
import { changedDraft, emptyDraft, errorsByInput, newWorkflowOf } from "./draft"
import { forgetDraft, keepDraft, keptDraft } from "./kept-draft"
import { createWorkflow } from "./requests"

/** The workflow that is being written, and its way to the server. */
export function useDraft() {
  const { connection, explainKeyError } = useConnection()
  const [draft, change] = useReducer(changedDraft, null, () => keptDraft(newKey) ?? emptyDraft(newKey()))
  const [error, setError] = useState<ApiError | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    keepDraft(draft)
  }, [draft])

  useLayoutEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])

  const refuse = (failure: ApiError) => {
    change({ type: "refused", errors: errorsByInput(failure, draft) })
    if (!explainKeyError(failure)) setError(failure)
  }
  const save = async () => {
    if (isSaving) return
    setIsSaving(true)
    setError(null)
    try {
      const { id } = await createWorkflow(connection, newWorkflowOf(draft))
      forgetDraft()
      goTo({ view: "workflow", workflowId: id, runId: null })
    } catch (thrown) {
      refuse(toApiError(thrown))
      setIsSaving(false)
    }
  }
  return { draft, change, error, isSaving, save, form }
}

/** A name for a step that no other has. */
export function newKey(): string {
  lastKey += 1
  return `step-${lastKey}`
}

let lastKey = 0
