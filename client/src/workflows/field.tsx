import type { ReactNode } from "react"

/** What an input needs to be tied to its label, hint and error. */
export interface InputTies {
  id: string
  "aria-invalid": boolean
  "aria-describedby": string | undefined
}

interface FieldProps {
  id: string
  label: string
  hint?: ReactNode
  error: string | undefined
  children: (ties: InputTies) => ReactNode
}

/** A labelled input with its hint, and the reason when the server refused it. */
export function Field({ id, label, hint, error, children }: FieldProps) {
  const describedBy = [error === undefined ? null : `${id}-error`, hint === undefined ? null : `${id}-hint`]
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-invalid": error !== undefined,
        "aria-describedby": describedBy.filter((part) => part !== null).join(" ") || undefined,
      })}
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="hint">
          {hint}
        </div>
      )}
    </div>
  )
}
