import * as z from "zod/mini"

import { attempt } from "../storage/attempt"
import type { Draft } from "./draft"
import { newWorkflowOf } from "./draft"

const storageKey = "new-workflow"
const keptSchema = z.object({
  goal: z.string(),
  connector: z._default(z.string(), ""),
  steps: z.array(z.object({ name: z.string(), prompt: z.string() })).check(z.minLength(1)),
})

/** The draft that was left behind in this tab, if there is one; its steps get new keys. */
export function keptDraft(newKey: () => string): Draft | undefined {
  const kept = attempt(() => keptSchema.parse(JSON.parse(sessionStorage.getItem(storageKey) ?? "")))
  if (kept === null) return undefined
  return { ...kept, steps: kept.steps.map((step) => ({ ...step, key: newKey() })), errors: new Map() }
}

/** Keeps a draft until the tab is closed, so that a look at another view loses nothing. */
export function keepDraft(draft: Draft): void {
  attempt(() => {
    sessionStorage.setItem(storageKey, JSON.stringify(newWorkflowOf(draft)))
  })
}

/** Forgets the draft: it was saved or discarded. */
export function forgetDraft(): void {
  attempt(() => {
    sessionStorage.removeItem(storageKey)
  })
}
