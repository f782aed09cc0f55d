import type { Settings } from "./settings.js"

/** The server's own default for SHUTDOWN_DEADLINE_MS. */
const DEFAULT_SHUTDOWN_MS = 25_000

/** Whole seconds between a server's order to end and its kill: what it grants itself, and a little. */
export function graceSeconds({ platform }: Pick<Settings, "platform">): number {
  const own = Number(platform["SHUTDOWN_DEADLINE_MS"] ?? DEFAULT_SHUTDOWN_MS)
  return Math.ceil(own / 1000) + 5
}
