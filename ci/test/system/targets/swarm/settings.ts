import { readSettings } from "../../../../environment/settings/read.js"
import type { SwarmSettings } from "../../../../environment/settings/settings.js"

/** The settings of a document. */
export function swarmSettings(document: string): SwarmSettings {
  const settings = readSettings("staging", document)
  if (settings.TARGET === "swarm") return settings
  throw new Error("expected settings of a swarm")
}

/** Long enough for anything here. */
export const patience = (seconds = 120) => AbortSignal.timeout(seconds * 1000)
