import { useEffect, useRef } from "react"

import { ErrorNotice } from "../feedback/error-notice"
import { Loading } from "../feedback/loading"
import { CancelRun } from "./cancel-run"
import { LinkState } from "./link-state"
import { outcomeText, progressText } from "./outcome"
import type { Run } from "./run"
import { hasEnded } from "./run"
import { RunFacts } from "./run-facts"
import { RunStepItem } from "./run-step"
import { RunTrack } from "./run-track"
import { useRun } from "./use-run"
import "./run-panel.css"

interface RunPanelProps {
  runId: string
  /** Whether the run was asked for by the reader just now: its heading then takes the focus. */
  takesFocus: boolean
  /** Told of every change, so that the list of runs can agree. */
  onChange: (run: Run) => void
}

/** One run, live: its steps, their outputs and how it ended. Give it the run's id as its key. */
export function RunPanel({ runId, takesFocus, onChange }: RunPanelProps) {
  const { run, link, error, retry } = useRun(runId)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  useEffect(() => {
    if (run !== null) onChange(run)
  }, [run, onChange])
  return (
    <section className="run" aria-labelledby="run-heading">
      <div className="run-head">
        <h2 id="run-heading" ref={heading} tabIndex={-1}>
          Run
        </h2>
        {run && !hasEnded(run) && !error && <LinkState link={link} />}
        {run && !hasEnded(run) && <CancelRun runId={runId} onDone={() => heading.current?.focus()} />}
      </div>
      <p role="status" className="visually-hidden">
        {run && progressText(run)}
      </p>
      {error && <ErrorNotice title="This run can't be followed." error={error} onRetry={retry} />}
      {run === null && error === null && <Loading label="Loading the run" lines={3} />}
      {run && <RunBody run={run} />}
    </section>
  )
}

function RunBody({ run }: { run: Run }) {
  const explanation = outcomeText(run)
  return (
    <>
      <RunFacts run={run} />
      <RunTrack steps={run.steps} />
      {(explanation ?? run.error) !== null && (
        <div className={`notice run-outcome outcome-${run.status}`}>
          {explanation && <p>{explanation}</p>}
          {run.error && <p className="code-text">{run.error}</p>}
        </div>
      )}
      <ol className="run-steps">
        {run.steps.map((step, index) => (
          <RunStepItem key={step.position} step={step} number={index + 1} />
        ))}
      </ol>
    </>
  )
}
