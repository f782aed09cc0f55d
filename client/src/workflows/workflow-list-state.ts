import type { ApiError } from "../api/api-error"
import type { WorkflowPage, WorkflowSummary } from "./workflow"

/** What the list knows. */
export interface ListState {
  /** Null until the first page came. */
  items: WorkflowSummary[] | null
  nextCursor: string | null
  isLoadingMore: boolean
  error: { of: "first" | "more"; cause: ApiError } | null
}

export type ListChange =
  | { type: "first"; page: WorkflowPage }
  | { type: "more"; page: WorkflowPage }
  | { type: "asked"; of: "first" | "more" }
  | { type: "failed"; of: "first" | "more"; cause: ApiError }

export const emptyList: ListState = { items: null, nextCursor: null, isLoadingMore: false, error: null }

/** The list after one change. */
export function changedList(state: ListState, change: ListChange): ListState {
  switch (change.type) {
    case "first":
      return { ...state, ...refreshed(state, change.page), error: null }
    case "more":
      return { ...state, ...extended(state, change.page), isLoadingMore: false, error: null }
    case "asked":
      return { ...state, isLoadingMore: change.of === "more", error: null }
    case "failed":
      return { ...state, isLoadingMore: false, error: { of: change.of, cause: change.cause } }
  }
}

/** A fresh beginning, with what had been loaded beyond its end kept. */
function refreshed(
  { items, nextCursor }: ListState,
  page: WorkflowPage,
): Pick<ListState, "items" | "nextCursor"> {
  const lastId = page.items.at(-1)?.id
  const at = items?.findIndex(({ id }) => id === lastId) ?? -1
  const tail = at === -1 ? [] : (items ?? []).slice(at + 1)
  if (tail.length === 0) return page
  return { items: [...page.items, ...tail], nextCursor }
}

function extended({ items }: ListState, page: WorkflowPage): Pick<ListState, "items" | "nextCursor"> {
  const known = new Set(items?.map(({ id }) => id))
  return {
    items: [...(items ?? []), ...page.items.filter(({ id }) => !known.has(id))],
    nextCursor: page.nextCursor,
  }
}
