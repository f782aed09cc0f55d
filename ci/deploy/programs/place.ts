import { SettingsError, type Settings } from "../../environment/settings/settings.js"
import { UsageError } from "../../usage-error.js"

/**
 * In a container of Dagger's there is no machine of one's own, and no Docker daemon but one that the settings name.
 * @throws UsageError, SettingsError
 */
export function expectPlace(settings: Settings): void {
  if (process.env["DELIVERY_EXECUTOR"] !== "dagger") return
  if (settings.TARGET === "local")
    throw new UsageError(
      "expected an environment of another target: local is the machine itself, and not a container of it; use npm run ci -- … --on host",
    )
  if (!settings.DOCKER_HOST || settings.DOCKER_HOST.startsWith("unix://"))
    throw new SettingsError(settings.environment, [
      "DOCKER_HOST is missing: expected tcp://… or ssh://… when called in Dagger",
    ])
}
