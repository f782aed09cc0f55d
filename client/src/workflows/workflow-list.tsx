import { useEffect, useRef } from "react"

import { ErrorNotice } from "../feedback/error-notice"
import { Loading } from "../feedback/loading"
import { hashOf } from "../routing/route"
import { ViewHeading } from "../routing/view-heading"
import { useWorkflowList } from "./use-workflow-list"
import { WorkflowRow } from "./workflow-row"
import "./workflow-list.css"

type List = ReturnType<typeof useWorkflowList>

/** All workflows, newest first, a page at a time. */
export function WorkflowList() {
  const list = useWorkflowList()
  const { items, error, retry } = list
  return (
    <>
      <div className="view-head">
        <ViewHeading title="Workflows">Workflows</ViewHeading>
        {items !== null && items.length > 0 && (
          <a className="button button-strong" href={hashOf({ view: "new" })}>
            New workflow
          </a>
        )}
      </div>
      {error?.of === "first" && (
        <ErrorNotice title="The workflows could not be loaded." error={error.cause} onRetry={retry} />
      )}
      {items === null && error === null && <Loading label="Loading workflows" lines={5} />}
      {items?.length === 0 && <NoWorkflows />}
      {items !== null && items.length > 0 && <Rows list={list} items={items} />}
    </>
  )
}

function NoWorkflows() {
  return (
    <div className="empty">
      <h2>Nothing here yet</h2>
      <p>
        A workflow is a goal and the steps towards it. The agent takes the steps in order, hands each one what
        came before, and keeps every answer.
      </p>
      <a className="button button-strong" href={hashOf({ view: "new" })}>
        Write the first workflow
      </a>
    </div>
  )
}

function Rows({ list, items }: { list: List; items: NonNullable<List["items"]> }) {
  const rows = useRef<HTMLOListElement>(null)
  const goOnAt = useRef<number | null>(null)
  useEffect(() => {
    if (goOnAt.current === null || items.length <= goOnAt.current) return
    // The button may be gone with the last page: reading goes on at the first of the new rows.
    const links = rows.current?.querySelectorAll("a") ?? []
    Array.from(links)[goOnAt.current]?.focus()
    goOnAt.current = null
  }, [items.length])
  const loadMore = () => {
    goOnAt.current = items.length
    void list.loadMore()
  }
  return (
    <>
      <ol className="workflows" ref={rows}>
        {items.map((workflow) => (
          <WorkflowRow key={workflow.id} workflow={workflow} />
        ))}
      </ol>
      <More list={list} onMore={loadMore} />
    </>
  )
}

function More({ list, onMore }: { list: List; onMore: () => void }) {
  if (list.error?.of === "more") {
    return (
      <ErrorNotice
        title="The next workflows could not be loaded."
        error={list.error.cause}
        onRetry={onMore}
      />
    )
  }
  if (list.nextCursor === null) return null
  return (
    <button type="button" className="button more" aria-disabled={list.isLoadingMore} onClick={onMore}>
      {list.isLoadingMore ? "Loading…" : "Load more"}
    </button>
  )
}
