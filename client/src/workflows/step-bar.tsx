import { stepInputId } from "./draft"

interface StepBarProps {
  stepKey: string
  /** Its index, from 0, among so many. */
  place: { index: number; count: number }
  onRemove: () => void
  onMove: (by: -1 | 1) => void
}

/** A step's number, and the buttons that move and remove it; the only step has none. */
export function StepBar({ stepKey, place: { index, count }, onRemove, onMove }: StepBarProps) {
  const number = index + 1
  return (
    <div className="step-bar">
      <span className="step-title" aria-hidden="true">
        <span className="step-number">{number}</span>
      </span>
      {count > 1 && (
        <div className="step-tools">
          <button
            id={stepInputId(stepKey, "up")}
            type="button"
            className="tool"
            disabled={index === 0}
            aria-label={`Move step ${number} up`}
            onClick={() => {
              onMove(-1)
            }}
          >
            <ToolSign d="M8 12.5v-9M4 7.5l4-4 4 4" />
          </button>
          <button
            id={stepInputId(stepKey, "down")}
            type="button"
            className="tool"
            disabled={number === count}
            aria-label={`Move step ${number} down`}
            onClick={() => {
              onMove(1)
            }}
          >
            <ToolSign d="M8 3.5v9M4 8.5l4 4 4-4" />
          </button>
          <button type="button" className="tool" aria-label={`Remove step ${number}`} onClick={onRemove}>
            <ToolSign d="M4 4l8 8M12 4l-8 8" />
          </button>
        </div>
      )}
    </div>
  )
}

function ToolSign({ d }: { d: string }) {
  return (
    <svg className="tool-sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={d} />
    </svg>
  )
}
