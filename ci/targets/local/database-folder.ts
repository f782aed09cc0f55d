import { createHash } from "node:crypto"
import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { project } from "../../pipeline/project.js"

/** Where root's data goes when the checkout is closed to the account that runs PostgreSQL for root. */
const FOR_ROOT = join("/var/lib", `${project.name}-local`)

/**
 * The folder of PostgreSQL's data: in that of the state, or, for root below a folder that is closed to others (such as
 * `/root`), in one of its own. PostgreSQL refuses to run as root, so another account has to reach it.
 * @param base the folder of the state, absolute
 */
export function databaseFolder(base: string): string {
  if (process.getuid?.() !== 0 || isOpen(base)) return join(base, "database")
  const name = createHash("sha256").update(base).digest("hex").slice(0, 16)
  return join(FOR_ROOT, name, "database")
}

function isOpen(folder: string): boolean {
  if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false
  return dirname(folder) === folder || isOpen(dirname(folder))
}
