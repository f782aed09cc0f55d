import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { ReleaseRecord } from "./record.js"

/**
 * The migrations in a folder of Prisma's, in the order in which they are applied.
 * @throws when a migration has no `migration.sql`
 */
export async function migrationsIn(folder: string): Promise<ReleaseRecord["migrations"]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(names.sort().map(async (name) => ({ name, checksum: await checksum(folder, name) })))
}

async function checksum(folder: string, name: string): Promise<string> {
  const script = await readFile(join(folder, name, "migration.sql"))
  return createHash("sha256").update(script).digest("hex")
}
