import type { Settings } from "../environment/settings/settings.js"
import type { Order } from "./target.js"

/**
 * The variables with which a release's server runs in an environment; the target adds where it
 * listens. `COMMIT` is not among them: an image carries its own, so that a wrong one is found out.
 */
export function serverVariables(settings: Settings, { version }: Order): Record<string, string> {
  return {
    // One front stands before it. Without this every caller would share one limit of requests.
    TRUST_PROXY: "1",
    // Before it is ready: what serves now is warm, and a switch should not be felt.
    WARM_UP_REQUESTS: "400",
    ...settings.platform,
    NODE_ENV: "production",
    APP_ENVIRONMENT: settings.environment,
    RELEASE_VERSION: version,
  }
}
