import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { onTestFinished } from "vitest"
import { emptyDatabase } from "../platform/database.js"

const server = join(import.meta.dirname, "../..")
const schema = `generator client {
  provider   = "prisma-client"
  output     = "./generated"
  engineType = "client"
}
datasource db {
  provider = "postgresql"
  url      = "postgresql://unused"
}
`

/** A schema with migrations of its own, and an empty database. */
export type MigratedProject = Awaited<ReturnType<typeof migratedProject>>

export async function migratedProject() {
  const database = await emptyDatabase()
  const folder = await mkdtemp(join(tmpdir(), "migrated-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, "migrations"))
  await writeFile(join(folder, "schema.prisma"), schema)
  await writeFile(join(folder, "migrations/migration_lock.toml"), 'provider = "postgresql"\n')
  return { ...database, folder, ...commands(folder, database.url) }
}

function commands(folder: string, url: string) {
  const flags = ["--schema", join(folder, "schema.prisma")]
  return {
    /** Writes a migration's script; a second call for the same name replaces it. */
    migration: async (name: string, script: string) => {
      await mkdir(join(folder, "migrations", name), { recursive: true })
      await writeFile(join(folder, "migrations", name, "migration.sql"), script)
    },
    /** Starts `npx prisma migrate …` with the server's prisma.config.ts, as the leader of a process group. */
    migrate: (args: readonly string[], environment: Record<string, string> = {}) => {
      const env = { DATABASE_URL: url, NO_COLOR: "1", ...environment }
      const options = { cwd: server, env, all: true, reject: false, detached: true } as const
      return execa("npx", ["prisma", "migrate", ...args, ...flags], options)
    },
  }
}
