import { setTimeout as sleep } from "node:timers/promises"
import type { DataContext } from "./context.js"

/** In which the server hears that its sessions were ended, before a request takes one from its pool. */
const GRACE_MS = 50

/** Runs an action while the front holds requests back and the caller has no session in the environment's database. */
export function undisturbed(context: DataContext, action: () => Promise<void>): Promise<void> {
  const { target } = context
  const alone = () => (context.beside ? context.beside(action) : action())
  if (!target.holding) return alone()
  return target.holding(async () => {
    await alone()
    await sleep(GRACE_MS)
  })
}
