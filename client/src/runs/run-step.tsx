import { Elapsed } from "../time/elapsed"
import { durationText } from "../time/duration"
import type { RunStep } from "./run"
import { StatusMark, statusNames } from "./status-mark"

interface RunStepItemProps {
  step: RunStep
  /** Its place among the steps, from 1. */
  number: number
}

/** One step of a run: state, time taken, prompt, and what came of it. */
export function RunStepItem({ step, number }: RunStepItemProps) {
  return (
    <li className={`run-step step-${step.status}`}>
      <StatusMark status={step.status} />
      <div className="run-step-head">
        <h3>
          <span className="step-number">{number}</span> {step.name}
        </h3>
        <p className="run-step-state">
          {statusNames[wasNeverBegun(step) ? "pending" : step.status]}
          <StepDuration step={step} />
        </p>
      </div>
      <div className="run-step-body">
        {step.error !== null && <p className="step-error">{step.error}</p>}
        {step.output !== null && (
          <pre
            className="output"
            tabIndex={0}
            role="region"
            aria-label={`Output of step ${number}, ${step.name}`}
          >
            {step.output}
          </pre>
        )}
        <details className="prompt">
          <summary>Prompt</summary>
          <pre className="prompt-text">{step.prompt}</pre>
        </details>
      </div>
    </li>
  )
}

/** The end of a run cancels what had not begun, too. */
const wasNeverBegun = ({ status, startedAt }: RunStep) => status === "cancelled" && startedAt === null

function StepDuration({ step }: { step: RunStep }) {
  if (step.durationMs !== null) return <span className="number">{durationText(step.durationMs)}</span>
  if (step.startedAt === null || (step.status !== "running" && step.finishedAt === null)) return null
  return <Elapsed startedAt={step.startedAt} finishedAt={step.finishedAt} />
}
