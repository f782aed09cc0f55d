import type { z } from "zod"
import type { everyTarget } from "./every-target.js"
import type { local } from "./local.js"
import type { swarm } from "./swarm.js"

/** Where an environment runs. */
export type TargetName = "local" | "swarm"

/** What every environment has, whatever its target. */
export interface Common extends z.output<typeof everyTarget> {
  /** The environment's name, such as `staging`. */
  readonly environment: string
  /** The server's own variables, as the document has them: those that the deploy sets are not among them. */
  readonly platform: Readonly<Record<string, string>>
}

export type LocalSettings = Common & z.output<typeof local>
export type SwarmSettings = Common & z.output<typeof swarm>

/** One environment's settings, checked. */
export type Settings = LocalSettings | SwarmSettings

/** Thrown when settings are missing or wrong. The message has a line for each, names only, never a value. */
export class SettingsError extends Error {
  /** @param problems one line for each setting, starting with its name */
  constructor(
    environment: string,
    readonly problems: readonly string[],
  ) {
    const lines = problems.map((problem) => `\n  ${problem}`).join("")
    super(`the settings of ${environment} are missing or wrong; docs/deploying.md has all of them:${lines}`)
  }
}
