import type { RunStep } from "./run"

/** A run at a glance: a segment a step, coloured by its state and as wide as its share of the time. */
export function RunTrack({ steps }: { steps: RunStep[] }) {
  const longest = Math.max(1, ...steps.map((step) => step.durationMs ?? 0))
  return (
    <div className="run-track" aria-hidden="true">
      {steps.map((step) => (
        <span
          key={step.position}
          className={`run-segment status-${step.status}`}
          // Even the shortest step stays visible: a segment has a part of its own besides its share.
          style={{ flexGrow: 0.4 + (step.durationMs ?? expectedMs(step, longest)) / longest }}
        />
      ))}
    </div>
  )
}

/** What has not ended yet counts as half of the longest; what never will has no time. */
function expectedMs({ status }: RunStep, longest: number): number {
  return status === "pending" || status === "running" ? longest / 2 : 0
}
