import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { shortRevision, type Deployable } from "../release/deployable.js"
import { MigrationProblem } from "./problem.js"

/** The text of a migration. */
export interface Script {
  /** The name of its folder. */
  readonly name: string
  /** Path of its file, for people. */
  readonly file: string
  readonly sql: string
}

/** Where a release's scripts are, and which of them are asked for. */
export interface Asked {
  /** Names of migrations, in the order in which they are applied. */
  readonly names: readonly string[]
  /** The checkout's folder of migrations, or the copy of a build. */
  readonly folder: string
}

/**
 * Reads the scripts of some of a release's migrations, and proves by the record that they are the release's own.
 * @throws MigrationProblem when a file is missing or has another text
 */
export function sqlOf(release: Deployable, { names, folder }: Asked): Promise<Script[]> {
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name, "migration.sql")
      const recorded = release.migrations.find((migration) => migration.name === name)?.checksum
      const text = await readFile(file).catch((cause: unknown) => {
        throw new MigrationProblem(message(file, "no such file", release), { cause })
      })
      const checksum = createHash("sha256").update(text).digest("hex")
      if (checksum !== recorded) throw new MigrationProblem(message(file, "another text", release))
      return { name, file, sql: text.toString("utf8") }
    }),
  )
}

function message(file: string, received: string, release: Deployable): string {
  return `expected ${file} as it is in ${shortRevision(release)}, found ${received}; git checkout ${release.commit}`
}
