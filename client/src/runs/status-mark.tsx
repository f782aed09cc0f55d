import type { RunStatus, StepStatus } from "./run"
import "./status.css"

type Status = RunStatus | StepStatus

/** A small sign for a state; each has its own shape, so that colour is not needed to tell them apart. */
export function StatusMark({ status }: { status: Status }) {
  return (
    <svg className={`status-mark status-${status}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <circle className="status-disc" cx="10" cy="10" r="8" />
      <path className="status-sign" d={signs[status]} />
    </svg>
  )
}

/** The sign with the state's name. */
export function StatusLabel({ status }: { status: Status }) {
  return (
    <span className={`status-label status-${status}`}>
      <StatusMark status={status} />
      {statusNames[status]}
    </span>
  )
}

/** The states in words. */
export const statusNames: Record<Status, string> = {
  queued: "Queued",
  pending: "Not begun",
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  cancelled: "Cancelled",
  interrupted: "Interrupted",
}

const signs: Record<Status, string> = {
  queued: "M10 6v4.2l2.6 1.8",
  pending: "",
  running: "M10 2a8 8 0 0 1 8 8",
  succeeded: "M6.4 10.3l2.4 2.5 4.8-5.4",
  failed: "M7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6",
  cancelled: "M6.4 10h7.2",
  interrupted: "M10 5.8v5M10 13.8v.2",
}
