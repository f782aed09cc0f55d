import { readFile } from "node:fs/promises"
import { checkedOutCommit } from "../../host/commit.js"
import { project } from "../../pipeline/project.js"
import type { BuiltRecord } from "../../release/deployable.js"
import { migrationsIn } from "../../release/migrations.js"
import { tablesOf } from "../../release/tables.js"
import { build } from "./build/command.js"
import { copied } from "./build/copy.js"
import { removeOld } from "./build/kept.js"
import { connectTo } from "./control/connection.js"
import { placesIn, STATE_FOLDER, type Places } from "./places.js"
import { LocalFailure } from "./failure.js"

/**
 * Builds the working tree and keeps a copy that `local` can run, beside the newest four of before.
 * @param say takes a line for people
 * @param folder of the state
 * @throws when nothing is checked out, the build fails, or the folder can't be written
 */
export async function builtRelease(say: (line: string) => void, folder = STATE_FOLDER): Promise<BuiltRecord> {
  const places = placesIn(folder)
  const commit = await checkedOutCommit()
  if (commit === undefined)
    throw new LocalFailure("expected a git checkout with a commit, by which a release is known; commit first")
  say("building server and client of the working tree")
  await build()
  const name = await copied(places)
  await removeOld(places.releases, [name, ...(await buildsInUse(places))])
  const migrations = await migrationsIn(project.migrations)
  const tables = tablesOf(await readFile(project.schema, "utf8"))
  return { schemaVersion: 1, commit, build: name, migrations, tables }
}

async function buildsInUse({ address }: Places): Promise<string[]> {
  const connection = await connectTo(address)
  const builds = await connection?.call("builds", {})
  await connection?.close()
  return builds ?? []
}
