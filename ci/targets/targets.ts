import type { Settings } from "../environment/settings/settings.js"
import type { Target } from "./target.js"

/**
 * Opens the target that settings name. Whoever opens it closes it. Only that one is loaded: a program starts the sooner.
 * @param notice takes what a person should know of what the target does by itself
 */
export async function openTarget(settings: Settings, notice: (text: string) => void): Promise<Target> {
  switch (settings.TARGET) {
    case "local":
      return (await import("./local/local.js")).localTarget(settings)
    case "swarm":
      return (await import("./swarm/swarm.js")).swarmTarget(settings, notice)
  }
}
