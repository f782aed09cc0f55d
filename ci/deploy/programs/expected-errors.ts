import { EnvironmentMismatch } from "../../environment/database/environment.js"
import { LockHeld } from "../../environment/database/lock-wait.js"
import { SharedKeys } from "../../environment/database/shared-keys.js"
import { SettingsError } from "../../environment/settings/settings.js"
import { LocalFailure } from "../../targets/local/failure.js"
import { UsageError } from "../../usage-error.js"
import { MigrationProblem } from "../../migrations/problem.js"
import { DeployFailure } from "../work.js"

/** Errors that say all there is to say; any other one keeps its stack. */
export const EXPECTED = [
  UsageError,
  SettingsError,
  DeployFailure,
  LockHeld,
  EnvironmentMismatch,
  SharedKeys,
  MigrationProblem,
  LocalFailure,
]
