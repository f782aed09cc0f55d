import { useRef } from "react"

import type { DraftChange, DraftStep } from "./draft"
import { stepInputId } from "./draft"
import { Field } from "./field"
import { InsertTemplate } from "./insert-template"
import { StepBar } from "./step-bar"

interface StepFieldsProps {
  step: DraftStep
  place: { index: number; count: number }
  errors: ReadonlyMap<string, string>
  change: (change: DraftChange) => void
  onRemove: () => void
  onMove: (by: -1 | 1) => void
}

/** The inputs of one step. */
export function StepFields({ step, place, errors, change, onRemove, onMove }: StepFieldsProps) {
  const nameId = stepInputId(step.key, "name")
  const promptId = stepInputId(step.key, "prompt")
  const prompt = useRef<HTMLTextAreaElement>(null)
  const changePart = (part: "name" | "prompt") => (value: string) => {
    change({ type: "step", key: step.key, part, value })
  }
  return (
    <li>
      <fieldset className="step-card">
        <legend className="visually-hidden">Step {place.index + 1}</legend>
        <StepBar stepKey={step.key} place={place} onRemove={onRemove} onMove={onMove} />
        <Field id={nameId} label="Name" error={errors.get(nameId)}>
          {(ties) => (
            <input
              {...ties}
              maxLength={100}
              autoComplete="off"
              value={step.name}
              onChange={(event) => {
                changePart("name")(event.target.value)
              }}
            />
          )}
        </Field>
        <Field
          id={promptId}
          label="Prompt"
          error={errors.get(promptId)}
          hint={<InsertTemplate field={prompt} index={place.index} onInsert={changePart("prompt")} />}
        >
          {(ties) => (
            <textarea
              {...ties}
              ref={prompt}
              rows={4}
              maxLength={10_000}
              className="code-input"
              spellCheck="true"
              value={step.prompt}
              onChange={(event) => {
                changePart("prompt")(event.target.value)
              }}
            />
          )}
        </Field>
      </fieldset>
    </li>
  )
}
