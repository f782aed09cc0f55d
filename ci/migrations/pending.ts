import type { ClientBase } from "pg"
import { project } from "../pipeline/project.js"
import type { Deployable } from "../release/deployable.js"
import { unfinishedMigrations } from "../../server/migrate/unfinished.js"
import { applied } from "./applied.js"
import { MigrationProblem } from "./problem.js"

/**
 * The names of a release's migrations that a database does not have, in the order in which they are applied.
 * @throws MigrationProblem when one is unfinished there, or was applied with another text
 */
export async function pending(client: ClientBase, release: Migrating): Promise<string[]> {
  const [begun] = await unfinished(client)
  if (begun !== undefined) throw new MigrationProblem(unfinishedMessage(begun))
  return notApplied(client, release)
}

type Migrating = Pick<Deployable, "commit" | "migrations">

/**
 * The same, whatever is unfinished there.
 * @throws MigrationProblem when one was applied with another text
 */
export async function notApplied(client: ClientBase, { commit, migrations }: Migrating): Promise<string[]> {
  const there = await applied(client)
  for (const { name, checksum } of migrations)
    if (there.has(name) && there.get(name) !== checksum)
      throw new MigrationProblem(changedMessage(name, commit))
  return migrations.map(({ name }) => name).filter((name) => !there.has(name))
}

/** The migrations that have begun and not ended, oldest first: they run now, have failed, or were killed. */
export async function unfinished(client: ClientBase): Promise<string[]> {
  return (await unfinishedMigrations(client)).map(({ name }) => name)
}

function unfinishedMessage(name: string): string {
  return (
    `expected every migration that was begun to have ended, but ${name} has not: it still runs, or it failed. If no ` +
    `migration runs, mark it as taken back, and it is applied again: ${project.commands.migrationResolved.join(" ")} ${name}`
  )
}

function changedMessage(name: string, commit: string): string {
  return (
    `expected ${name} to be what was applied to this database, but ${commit} has another text of it. A migration that ` +
    "was applied is never changed: put its migration.sql back to what it was, and write the change as a new migration."
  )
}
