import { join } from "node:path"
import type { ClientBase } from "pg"
import type { Settings } from "../../environment/settings/settings.js"
import { breaking } from "../../migrations/breaking.js"
import { filledColumns } from "../../migrations/filled-columns.js"
import { findingText } from "../../migrations/finding.js"
import { fits } from "../../migrations/fits.js"
import { heavy } from "../../migrations/heavy.js"
import { lint } from "../../migrations/lint.js"
import { sqlOf, type Script } from "../../migrations/script.js"
import { serverVersion } from "../../migrations/server-version.js"
import { tableSizes } from "../../migrations/sizes.js"
import { project } from "../../pipeline/project.js"
import { isBuilt, type Deployable } from "../../release/deployable.js"
import { placesIn } from "../../targets/local/places.js"
import type { Instance, Order } from "../../targets/target.js"

/** What is to serve on which database, in place of what. */
export interface Question {
  readonly client: ClientBase
  readonly settings: Settings
  readonly before: Instance | undefined
  readonly order: Order
  /** Migrations that are to be applied, by name. */
  readonly pending: readonly string[]
}

/**
 * What speaks against serving an order with the schema as it then is, a line for each: that its new migrations would harm
 * what serves; when it brings none, that it can't live with the schema as it is.
 */
export async function objections(question: Question): Promise<readonly string[]> {
  const { client, order, pending } = question
  return pending.length === 0 ? fits(client, order.release) : problems(question)
}

async function problems({ client, settings, before, order, pending }: Question): Promise<string[]> {
  const scripts = await scriptsOf(order.release, pending)
  const version = await serverVersion(client)
  const sizes = await tableSizes(client)
  const found = [
    ...(await Promise.all(scripts.map((script) => lint(script, version)))).flat(),
    ...(before ? await breaking(scripts, before.release.tables) : []),
    ...(await heavy(scripts, {
      sizes,
      large: settings.LARGE_TABLE_ROWS,
      filled: await filledColumns(client),
    })),
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
