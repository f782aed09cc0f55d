import type { Settings } from "../environment/settings/settings.js"
import { localTarget } from "./local/local.js"
import { swarmTarget } from "./swarm/swarm.js"
import type { Target } from "./target.js"

/** Opens the target that settings name. Whoever opens it closes it. */
export function openTarget(settings: Settings): Promise<Target> {
  switch (settings.TARGET) {
    case "local":
      return localTarget(settings)
    case "swarm":
      return swarmTarget(settings)
  }
}
