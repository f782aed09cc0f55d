import type { RefObject } from "react"
import { flushSync } from "react-dom"

import { templatesFor, withInserted } from "./templates"

interface InsertTemplateProps {
  field: RefObject<HTMLTextAreaElement | null>
  /** The step's place, from 0. */
  index: number
  onInsert: (value: string) => void
}

/** Buttons that put a template where the caret is. */
export function InsertTemplate({ field, index, onInsert }: InsertTemplateProps) {
  const insert = (text: string) => {
    const element = field.current
    if (element === null) return
    const { value, selectionStart: start, selectionEnd: end } = element
    const inserted = withInserted({ value, start, end }, text)
    // The caret can be set only after the new text is in the page.
    flushSync(() => {
      onInsert(inserted.value)
    })
    element.focus()
    element.setSelectionRange(inserted.caret, inserted.caret)
  }
  return (
    <span className="insert">
      Insert{" "}
      {templatesFor(index).map(({ text, meaning }) => (
        <button
          key={text}
          type="button"
          className="chip"
          title={meaning}
          onClick={() => {
            insert(text)
          }}
        >
          {text}
        </button>
      ))}
    </span>
  )
}
