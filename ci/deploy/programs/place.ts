import { SettingsError, type Settings } from "../../environment/settings/settings.js"
import { UsageError } from "../../usage-error.js"

const isInContainer = () => process.env["DELIVERY_EXECUTOR"] === "dagger"

/**
 * What is written to a folder of Dagger's container goes with it.
 * @throws UsageError
 */
export function expectLastingPlace(to: string): void {
  if (isInContainer() && !to.startsWith("s3://"))
    throw new UsageError(
      `expected --to s3://… when called in Dagger, whose folders go with its container; received ${to}`,
    )
}

/**
 * In a container of Dagger's there is no machine of one's own, and no Docker daemon but one that the settings name.
 * @throws UsageError, SettingsError
 */
export function expectPlace(settings: Settings): void {
  if (!isInContainer()) return
  if (settings.TARGET === "local")
    throw new UsageError(
      "expected an environment of another target: local is the machine itself, and not a container of it; use npm run ci -- … --on host",
    )
  const problems = []
  if (!settings.DOCKER_HOST || settings.DOCKER_HOST.startsWith("unix://"))
    problems.push(
      "DOCKER_HOST is missing: expected tcp://… or ssh://… when called in Dagger; --on host takes this machine's",
    )
  if (!settings.BACKUP_STORE.startsWith("s3://"))
    problems.push(
      "BACKUP_STORE is wrong: expected s3://… when called in Dagger, whose folders go with its container",
    )
  if (problems.length > 0) throw new SettingsError(settings.environment, problems)
}
