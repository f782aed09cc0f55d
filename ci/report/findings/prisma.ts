import type { Reader } from "./finding.js"
import { ownFile, ownPlace } from "./own-file.js"

const MIGRATION = /migration_name="([^"]+)"/
const POINTER = /^\s+-->\s+(\S+):(\d+)$/

/** Prisma: an error of the schema, with a pointer to its line, or one of a migration, with its name in the trace. */
export const prisma: Reader = (lines) => {
  if (!lines.some((line) => line.startsWith("Prisma schema loaded from"))) return []
  const schema = lines.findIndex((line) => POINTER.test(line))
  if (schema > 0) {
    const [, file = "", at] = POINTER.exec(lines[schema] ?? "") ?? []
    return [{ ...ownPlace(file, at), message: lines[schema - 1] ?? "" }]
  }
  const error = lines.findIndex((line) => line.startsWith("Error: "))
  if (error === -1) return []
  const name = MIGRATION.exec(lines.join("\n"))?.[1]
  const file = name === undefined ? undefined : ownFile(`prisma/migrations/${name}/migration.sql`)
  // The first line names the part of Prisma that has the error, the second the error.
  const isHeading = /^Error: .*connector error$/.test(lines[error] ?? "")
  const message = (isHeading && lines[error + 1]) || (lines[error] ?? "")
  return [{ ...(file !== undefined && { place: file }), message }]
}
