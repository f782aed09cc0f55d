import { readdirSync } from "node:fs"
import { join } from "node:path"
import type { Database } from "../database/database.js"

/** The migrations this build was made with, in order: the folders of server/prisma/migrations next to it. */
export function knownMigrations(folder = join(import.meta.dirname, "../../prisma/migrations")): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** The migrations that are applied to the database, in order: finished and not rolled back. */
export async function appliedMigrations({ client }: Database): Promise<string[]> {
  const [table] = await client.$queryRaw<{ exists: boolean }[]>`
    SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`
  if (!table?.exists) return []
  const rows = await client.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT migration_name AS name FROM _prisma_migrations
    WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
    ORDER BY name`
  return rows.map(({ name }) => name)
}
