import { attempt } from "../storage/attempt"

const name = "agent-api-key"

/** An API key and for how long the browser keeps it. */
export interface KeptKey {
  key: string | null
  /** Kept after the tab is closed (localStorage), not for this tab alone (sessionStorage). */
  remembered: boolean
}

/** The key that this browser keeps, if any. */
export function readKeptKey(): KeptKey {
  const remembered = attempt(() => localStorage.getItem(name))
  if (remembered !== null) return { key: remembered, remembered: true }
  return { key: attempt(() => sessionStorage.getItem(name)), remembered: false }
}

/** Keeps a key in one place only, or forgets it when it is null. */
export function writeKeptKey({ key, remembered }: KeptKey): void {
  attempt(() => {
    localStorage.removeItem(name)
    sessionStorage.removeItem(name)
    if (key !== null) (remembered ? localStorage : sessionStorage).setItem(name, key)
  })
}
