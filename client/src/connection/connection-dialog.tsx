import type { SyntheticEvent } from "react"
import { useEffect, useId, useRef, useState } from "react"

import type { KeptKey } from "./kept-key"
import "./connection-dialog.css"

interface ConnectionDialogProps {
  baseUrl: string
  kept: KeptKey
  /** Why the dialog came up by itself, if it did. */
  refusal: string | null
  onKeep: (kept: KeptKey) => void
  onClose: () => void
}

/** Where the page is connected to, and the API key that writing needs. */
export function ConnectionDialog({ baseUrl, kept, refusal, onKeep, onClose }: ConnectionDialogProps) {
  const dialog = useModal()
  const [key, setKey] = useState(kept.key ?? "")
  const [remembered, setRemembered] = useState(kept.remembered)
  const id = useId()
  const finish = (next: KeptKey) => {
    onKeep(next)
    dialog.current?.close()
  }
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    finish({ key: key.trim() === "" ? null : key.trim(), remembered })
  }
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
      <form className="stack" onSubmit={save}>
        <h2 id={`${id}-title`}>Connection</h2>
        {refusal !== null && (
          <p className="notice notice-attention" role="alert">
            {refusal}
          </p>
        )}
        <p className="quiet">
          Server <code className="server-address">{baseUrl === "" ? window.location.origin : baseUrl}</code>
        </p>
        <div className="field">
          <label htmlFor={`${id}-key`}>API key</label>
          <input
            id={`${id}-key`}
            className="code-input"
            type="password"
            value={key}
            placeholder="aca_…"
            autoComplete="off"
            spellCheck={false}
            autoFocus
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setKey(event.target.value)
            }}
          />
          <p id={`${id}-hint`} className="hint">
            Creating, running and cancelling need one; reading does not. It stays in this browser.
          </p>
        </div>
        <label className="check">
          <input
            type="checkbox"
            checked={remembered}
            onChange={(event) => {
              setRemembered(event.target.checked)
            }}
          />
          Keep it after this tab is closed
        </label>
        <div className="actions">
          <button type="submit" className="button button-strong">
            Save
          </button>
          <button type="button" className="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
          {kept.key !== null && (
            <button
              type="button"
              className="button button-plain actions-last"
              onClick={() => {
                finish({ key: null, remembered: false })
              }}
            >
              Forget the key
            </button>
          )}
        </div>
      </form>
    </dialog>
  )
}

/** Opens a native dialog as a modal one; closing it gives the focus back to where it was. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element !== null && !element.open) element.showModal()
  }, [])
  return dialog
}
