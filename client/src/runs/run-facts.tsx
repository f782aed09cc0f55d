import { Elapsed } from "../time/elapsed"
import { Timestamp } from "../time/timestamp"
import type { Run } from "./run"
import { StatusLabel } from "./status-mark"

/** A run's state, times and id in one line. */
export function RunFacts({ run }: { run: Run }) {
  return (
    <dl className="facts">
      <div>
        <dt>State</dt>
        <dd>
          <StatusLabel status={run.status} />
        </dd>
      </div>
      <div>
        <dt>Requested</dt>
        <dd>
          <Timestamp value={run.createdAt} />
        </dd>
      </div>
      {run.startedAt !== null && (
        <div>
          <dt>Duration</dt>
          <dd>
            <Elapsed startedAt={run.startedAt} finishedAt={run.finishedAt} />
          </dd>
        </div>
      )}
      <div>
        <dt>Run id</dt>
        <dd>
          <code className="id" title={run.id}>
            {run.id}
          </code>
        </dd>
      </div>
    </dl>
  )
}
