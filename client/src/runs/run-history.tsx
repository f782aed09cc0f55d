import { hashOf } from "../routing/route"
import { Elapsed } from "../time/elapsed"
import { Timestamp } from "../time/timestamp"
import type { RunSummary } from "./run"
import { StatusLabel } from "./status-mark"
import "./run-history.css"

interface RunHistoryProps {
  workflowId: string
  /** Newest first. */
  runs: RunSummary[]
  /** The run that is shown. */
  current: string | null
}

/** The newest runs of a workflow, each a link to itself. */
export function RunHistory({ workflowId, runs, current }: RunHistoryProps) {
  return (
    <nav className="run-history" aria-labelledby="runs-heading">
      <h2 id="runs-heading">Runs</h2>
      {runs.length === 0 && <p className="quiet">None yet.</p>}
      <ol>
        {runs.map((run) => (
          <li key={run.id}>
            <a
              href={hashOf({ view: "workflow", workflowId, runId: run.id })}
              aria-current={run.id === current ? "true" : undefined}
            >
              <StatusLabel status={run.status} />
              <span className="quiet">
                <Timestamp value={run.createdAt} />
                {run.startedAt !== null && run.finishedAt !== null && (
                  <>
                    {" "}
                    · <Elapsed startedAt={run.startedAt} finishedAt={run.finishedAt} />
                  </>
                )}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
