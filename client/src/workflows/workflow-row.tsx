import { hashOf } from "../routing/route"
import { StatusLabel } from "../runs/status-mark"
import { Timestamp } from "../time/timestamp"
import type { WorkflowSummary } from "./workflow"
import { headline } from "./workflow"

/** One workflow in the list. */
export function WorkflowRow({ workflow }: { workflow: WorkflowSummary }) {
  const { id, goal, connector, createdAt, stepCount, lastRun } = workflow
  return (
    <li className="workflow-row">
      <div className="workflow-what">
        <a className="workflow-goal" href={hashOf({ view: "workflow", workflowId: id, runId: null })}>
          {headline(goal)}
        </a>
        <p className="quiet meta">
          <span>{stepCount === 1 ? "1 step" : `${stepCount} steps`}</span>
          <span>{connector}</span>
          <span>
            written <Timestamp value={createdAt} />
          </span>
        </p>
      </div>
      <div className="workflow-last">
        {lastRun === null ? (
          <span className="quiet">Never run</span>
        ) : (
          <>
            <StatusLabel status={lastRun.status} />
            <span className="quiet">
              <Timestamp value={lastRun.finishedAt ?? lastRun.startedAt ?? lastRun.createdAt} />
            </span>
          </>
        )}
      </div>
    </li>
  )
}
