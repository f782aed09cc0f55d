import type { DataContext } from "./context.js"

/** Runs an action while the front holds requests back and the caller has no session in the environment's database. */
export function undisturbed(context: DataContext, action: () => Promise<void>): Promise<void> {
  const { target } = context
  const alone = () => (context.beside ? context.beside(action) : action())
  return target.holding ? target.holding(alone) : alone()
}
