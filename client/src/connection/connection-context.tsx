import type { ReactNode } from "react"
import { createContext, use, useCallback, useMemo, useState } from "react"

import type { ApiError } from "../api/api-error"
import type { Connection } from "../api/request"
import { ConnectionDialog } from "./connection-dialog"
import type { KeptKey } from "./kept-key"
import { readKeptKey, writeKeptKey } from "./kept-key"
import { keyRefusal } from "./key-refusal"

interface ConnectionState {
  connection: Connection
  openDialog: () => void
  /** Opens the dialog when the error is about the key, and tells whether it was. */
  explainKeyError: (error: ApiError) => boolean
}

const ConnectionContext = createContext<ConnectionState | null>(null)

/** Where the API is and with which key it is called; throws outside a ConnectionProvider. */
export function useConnection(): ConnectionState {
  const state = use(ConnectionContext)
  if (state === null) throw new Error("Expected a ConnectionProvider above this component, found none.")
  return state
}

interface ConnectionProviderProps {
  /** Base URL of the API, without a slash at its end. */
  baseUrl: string
  children: ReactNode
}

/** Holds the connection, and the dialog in which the key is set, for everything inside. */
export function ConnectionProvider({ baseUrl, children }: ConnectionProviderProps) {
  const [kept, setKept] = useState<KeptKey>(readKeptKey)
  const [dialog, setDialog] = useState<{ refusal: string | null } | null>(null)
  const connection = useMemo(() => ({ baseUrl, apiKey: kept.key }), [baseUrl, kept.key])
  const openDialog = useCallback(() => {
    setDialog({ refusal: null })
  }, [])
  const explainKeyError = useCallback(
    (error: ApiError) => {
      if (error.isAboutTheKey) setDialog({ refusal: keyRefusal(error, kept.key !== null) })
      return error.isAboutTheKey
    },
    [kept.key],
  )
  const keep = useCallback((next: KeptKey) => {
    writeKeptKey(next)
    setKept(next)
  }, [])
  const state = useMemo(
    () => ({ connection, openDialog, explainKeyError }),
    [connection, openDialog, explainKeyError],
  )
  return (
    <ConnectionContext value={state}>
      {children}
      {dialog && (
        <ConnectionDialog
          baseUrl={baseUrl}
          kept={kept}
          refusal={dialog.refusal}
          onKeep={keep}
          onClose={() => {
            setDialog(null)
          }}
        />
      )}
    </ConnectionContext>
  )
}
