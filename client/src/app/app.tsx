import { Activity, useRef } from "react"

import { ConnectionProvider } from "../connection/connection-context"
import type { Route } from "../routing/route"
import { useRoute } from "../routing/use-route"
import { NewWorkflow } from "../workflows/new-workflow"
import { WorkflowList } from "../workflows/workflow-list"
import { WorkflowView } from "../workflows/workflow-view"
import { Header } from "./header"
import { NotFound } from "./not-found"

/** The whole page. `baseUrl` is the API's, without a slash at its end. */
export function App({ baseUrl }: { baseUrl: string }) {
  const route = useRoute()
  const main = useRef<HTMLElement>(null)
  return (
    <ConnectionProvider baseUrl={baseUrl}>
      <a
        className="skip"
        href="#main"
        onClick={(event) => {
          // The hash names the view, so the link must not change it.
          event.preventDefault()
          main.current?.focus()
        }}
      >
        Skip to the content
      </a>
      <Header view={route.view} />
      <main ref={main} tabIndex={-1}>
        {/* The list is kept while it is out of sight, with all its pages: going back finds it as it was left. */}
        <Activity mode={route.view === "list" ? "visible" : "hidden"}>
          <WorkflowList />
        </Activity>
        <View route={route} />
      </main>
    </ConnectionProvider>
  )
}

function View({ route }: { route: Route }) {
  switch (route.view) {
    case "list":
      return null
    case "new":
      return <NewWorkflow />
    case "workflow":
      return <WorkflowView key={route.workflowId} workflowId={route.workflowId} runId={route.runId} />
    case "unknown":
      return <NotFound />
  }
}
