import { useEffect, useRef, useState } from "react"

import type { Draft, DraftChange } from "./draft"
import { mostSteps, stepInputId } from "./draft"
import { StepFields } from "./step-fields"
import { newKey } from "./use-draft"

interface StepsEditorProps {
  draft: Draft
  change: (change: DraftChange) => void
}

/** The steps of a draft: add, remove and reorder, with the focus kept where the work goes on. */
export function StepsEditor({ draft, change }: StepsEditorProps) {
  const { steps, errors } = draft
  const { news, act } = useActs(change)
  const remove = (index: number) => {
    const step = steps[index]
    const next = steps[index + 1] ?? steps[index - 1]
    if (step === undefined || next === undefined) return
    act({ type: "remove", key: step.key }, stepInputId(next.key, "name"), `Step ${index + 1} removed.`)
  }
  const move = (index: number, by: -1 | 1) => {
    const step = steps[index]
    if (step === undefined || steps[index + by] === undefined) return
    const isAtEnd = steps[index + 2 * by] === undefined
    const stays = (by === 1) === isAtEnd ? "up" : "down"
    act(
      { type: "move", key: step.key, by },
      stepInputId(step.key, stays),
      `Now step ${index + 1 + by} of ${steps.length}.`,
    )
  }
  const add = () => {
    const key = newKey()
    act({ type: "add", key }, stepInputId(key, "name"), `Step ${steps.length + 1} added.`)
  }
  return (
    <section className="steps-editor" aria-labelledby="steps-heading">
      <h2 id="steps-heading">Steps</h2>
      {errors.has("steps") && <p className="field-error">{errors.get("steps")}</p>}
      <ol>
        {steps.map((step, index) => (
          <StepFields
            key={step.key}
            step={step}
            place={{ index, count: steps.length }}
            errors={errors}
            change={change}
            onRemove={() => {
              remove(index)
            }}
            onMove={(by) => {
              move(index, by)
            }}
          />
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {news}
      </p>
      {steps.length < mostSteps ? (
        <button type="button" className="button" onClick={add}>
          Add a step
        </button>
      ) : (
        <p className="hint">A workflow has at most {mostSteps} steps.</p>
      )}
    </section>
  )
}

/** Makes a change, tells it to screen readers, and moves the focus once the page shows it. */
function useActs(change: (change: DraftChange) => void) {
  const [news, setNews] = useState("")
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    if (focusNext.current !== null) document.getElementById(focusNext.current)?.focus()
    focusNext.current = null
  })
  const act = (what: DraftChange, focusId: string, text: string) => {
    focusNext.current = focusId
    change(what)
    setNews(text)
  }
  return { news, act }
}
