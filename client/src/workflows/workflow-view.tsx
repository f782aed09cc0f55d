import type { ReactNode } from "react"

import { ErrorNotice } from "../feedback/error-notice"
import { Loading } from "../feedback/loading"
import { hashOf } from "../routing/route"
import { hasNavigated } from "../routing/use-route"
import { ViewHeading } from "../routing/view-heading"
import type { RunSummary } from "../runs/run"
import { RunHistory } from "../runs/run-history"
import { RunPanel } from "../runs/run-panel"
import { Timestamp } from "../time/timestamp"
import { PlannedSteps } from "./planned-steps"
import { RunWorkflow } from "./run-workflow"
import { useWorkflow } from "./use-workflow"
import type { Workflow } from "./workflow"
import { headline } from "./workflow"
import "./workflow-view.css"

interface WorkflowViewProps {
  workflowId: string
  /** The run to show; null for the newest. */
  runId: string | null
}

/** One workflow: its goal, a run of it that is followed live, and its other runs. */
export function WorkflowView({ workflowId, runId }: WorkflowViewProps) {
  const { workflow, error, retry, takeRun } = useWorkflow(workflowId)
  const title = workflow === null ? "Workflow" : headline(workflow.goal)
  return (
    <>
      <a className="back" href={hashOf({ view: "list" })}>
        All workflows
      </a>
      <div className="view-head">
        <ViewHeading title={title}>{title}</ViewHeading>
        {workflow && <RunWorkflow workflow={workflow} onStarted={takeRun} />}
      </div>
      {error && <ErrorNotice title="This workflow could not be loaded." error={error} onRetry={retry} />}
      {workflow === null && error === null && <Loading label="Loading the workflow" lines={4} />}
      {workflow && (
        <>
          <About workflow={workflow} />
          <Runs workflow={workflow} runId={runId} onRunChange={takeRun} />
        </>
      )}
    </>
  )
}

function About({ workflow }: { workflow: Workflow }): ReactNode {
  return (
    <>
      {workflow.goal.trim() !== headline(workflow.goal) && <p className="goal">{workflow.goal}</p>}
      <p className="quiet meta">
        <span>{workflow.steps.length === 1 ? "1 step" : `${workflow.steps.length} steps`}</span>
        <span>{workflow.connector}</span>
        <span>
          written <Timestamp value={workflow.createdAt} />
        </span>
      </p>
    </>
  )
}

interface RunsProps {
  workflow: Workflow
  runId: string | null
  onRunChange: (run: RunSummary) => void
}

function Runs({ workflow, runId, onRunChange }: RunsProps) {
  const shown = runId ?? workflow.runs[0]?.id ?? null
  if (shown === null) return <PlannedSteps workflow={workflow} />
  return (
    <div className="workflow-runs">
      <RunPanel
        key={shown}
        runId={shown}
        takesFocus={runId !== null && hasNavigated()}
        onChange={onRunChange}
      />
      <RunHistory workflowId={workflow.id} runs={workflow.runs} current={shown} />
    </div>
  )
}
