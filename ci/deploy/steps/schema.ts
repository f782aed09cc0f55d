import { join } from "node:path"
import type { ClientBase } from "pg"
import type { Settings } from "../../environment/settings/settings.js"
import { breaking } from "../../migrations/breaking.js"
import { findingText } from "../../migrations/finding.js"
import { fits } from "../../migrations/fits.js"
import { heavy } from "../../migrations/heavy.js"
import { lint } from "../../migrations/lint.js"
import { sqlOf, type Script } from "../../migrations/script.js"
import { serverVersion } from "../../migrations/server-version.js"
import { tableSizes } from "../../migrations/sizes.js"
import { project } from "../../pipeline/project.js"
import { isBuilt, shortRevision, type Deployable } from "../../release/deployable.js"
import { placesIn } from "../../targets/local/places.js"
import type { Instance, Order } from "../../targets/target.js"
import { DeployFailure, type Work } from "../work.js"

/** What is to serve on which database, in place of what. */
export interface Question {
  readonly client: ClientBase
  readonly settings: Settings
  readonly before: Instance | undefined
  readonly order: Order
  /** Migrations that are to be applied, by name. */
  readonly pending: readonly string[]
}

/** What new migrations would do to the version that serves and to its data, a line for each harm. */
export async function problems({ client, settings, before, order, pending }: Question): Promise<string[]> {
  if (pending.length === 0) return []
  const scripts = await scriptsOf(order.release, pending)
  const version = await serverVersion(client)
  const sizes = await tableSizes(client)
  const found = [
    ...(await Promise.all(scripts.map((script) => lint(script, version)))).flat(),
    ...(before ? await breaking(scripts, before.release.tables) : []),
    ...(await heavy(scripts, { sizes, large: settings.LARGE_TABLE_ROWS })),
  ]
  return [...new Set(found.map(findingText))]
}

/** The scripts of a release's migrations, as the checkout names them, wherever they were read. */
export async function scriptsOf(release: Deployable, names: readonly string[]): Promise<Script[]> {
  const scripts = await sqlOf(release, { names, folder: migrationsOf(release) })
  return scripts.map((script) => ({
    ...script,
    file: join(project.migrations, script.name, "migration.sql"),
  }))
}

/** A build has a copy of its own; a record is proved by its checksums against the checkout. */
function migrationsOf(release: Deployable): string {
  if (!isBuilt(release)) return project.migrations
  return join(placesIn().releases, release.build, project.migrations)
}

/**
 * Whether a release that brings no migration can live with the schema as it is: migrations are never undone.
 * @throws DeployFailure saying why not, and what can be done
 */
export async function expectToFit({ lock, order, say }: Work): Promise<string> {
  const reasons = await fits(lock.client, order.release)
  if (reasons.length === 0) return "it can live with the schema as it is"
  reasons.forEach((reason) => say(reason))
  throw new DeployFailure(
    `expected ${order.version} (${shortRevision(order.release)}) to live with the schema as it is now, but ${reasons.join("; ")}. ` +
      "No migration is undone: deploy a release that puts back what is missing, or restore a backup of before " +
      "(restore --backup …), which loses what was written since",
  )
}
