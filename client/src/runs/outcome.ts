import type { Run, RunStep } from "./run"

/** What a run's state means and what can be done about it; null where the state says it all. */
export function outcomeText(run: Run): string | null {
  switch (run.status) {
    case "queued":
      return "Waiting for a server to take it up."
    case "running":
    case "succeeded":
      return null
    case "failed":
      return `${where(run, "failed")} failed, so what comes after it was not begun.`
    case "cancelled":
      return "The run was cancelled. What had not begun by then was left out."
    case "interrupted":
      return (
        `A server stopped while ${where(run, "interrupted").toLowerCase()} waited for the model. Whether the model was called ` +
        "is unknown, and a call is never made twice, so the run ends here. Run the workflow again to start afresh."
      )
  }
}

/** Where a run is, in one sentence for a screen reader; it changes only when a state does. */
export function progressText(run: Run): string {
  const done = run.steps.filter((step) => step.status === "succeeded").length
  const at = run.steps.findIndex((step) => step.status === "running")
  if (run.status === "queued") return "The run is queued."
  if (run.status !== "running") return `The run ${run.status}: ${done} of ${run.steps.length} steps done.`
  if (at === -1) return `The run goes on: ${done} of ${run.steps.length} steps done.`
  return `Step ${at + 1} of ${run.steps.length}, ${run.steps[at]?.name ?? ""}, is running.`
}

function where({ steps }: Run, status: RunStep["status"]): string {
  const at = steps.findIndex((step) => step.status === status)
  return at === -1 ? "A step" : `Step ${at + 1}`
}
