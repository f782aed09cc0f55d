/** A view of the page with what it shows. */
export type Route =
  | { view: "list" }
  | { view: "new" }
  | { view: "workflow"; workflowId: string; runId: string | null }
  | { view: "unknown" }

/** The route that a location's hash stands for: `#/`, `#/new`, `#/workflows/<id>`, `#/workflows/<id>/runs/<id>`. */
export function routeOf(hash: string): Route {
  const [first, workflowId, runs, runId, ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decoded)
  if (rest.length > 0) return { view: "unknown" }
  if (first === "" && workflowId === undefined) return { view: "list" }
  if (first === "new" && workflowId === undefined) return { view: "new" }
  if (first !== "workflows" || !workflowId) return { view: "unknown" }
  if (runs === undefined) return { view: "workflow", workflowId, runId: null }
  return runs === "runs" && runId ? { view: "workflow", workflowId, runId } : { view: "unknown" }
}

/** The hash of a route, fit for `href`. */
export function hashOf(route: Exclude<Route, { view: "unknown" }>): string {
  switch (route.view) {
    case "list":
      return "#/"
    case "new":
      return "#/new"
    case "workflow":
      return `#/workflows/${encodeURIComponent(route.workflowId)}${runPart(route.runId)}`
  }
}

function runPart(runId: string | null): string {
  return runId === null ? "" : `/runs/${encodeURIComponent(runId)}`
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
