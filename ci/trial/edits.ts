import { createHash } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { project } from "../pipeline/project.js"
import type { BuiltRecord } from "../release/deployable.js"

const MAIN = join("server", "dist", "main.js")

/** Puts code before the server's own. */
export const mainBegins = (code: string) => (release: string) =>
  edited(join(release, MAIN), (text) => `${code}\n${text}`)

/** Replaces a text in a file of a release. @throws when it is not there */
export const replaced = (file: string, text: string, by: string) => (release: string) =>
  edited(join(release, file), (whole) => {
    if (!whole.includes(text)) throw new Error(`expected ${file} to have ${text}`)
    return whole.replaceAll(text, by)
  })

async function edited(path: string, edit: (text: string) => string): Promise<void> {
  await writeFile(path, edit(await readFile(path, "utf8")))
}

const WORKFLOWS = join("server", "dist", "workflows", "routes.js")
const CREATES = 'router.post("/api/workflows", key,'

/**
 * Keeps the smoke test waiting, and nobody else: requests of a load say nothing of whom they are from.
 * @param milliseconds for ever when not said
 */
export function smokeWaits(milliseconds?: number) {
  const answered = milliseconds === undefined ? "" : `setTimeout(next, ${milliseconds})`
  const others = `if (request.headers["user-agent"] !== "node") next(); else { ${answered} }`
  const waits = `router.post("/api/workflows", (request, response, next) => { ${others} });`
  return replaced(WORKFLOWS, CREATES, `${waits}\n${CREATES}`)
}

/** Adds a migration to a release's folder. */
export const withMigration = (name: string, sql: string) => async (release: string) => {
  const folder = join(release, project.migrations, name)
  await mkdir(folder)
  await writeFile(join(folder, "migration.sql"), sql)
}

/** The record of a release that was given a migration. */
export function recorded(release: BuiltRecord, name: string, sql: string): BuiltRecord {
  const checksum = createHash("sha256").update(sql).digest("hex")
  return { ...release, migrations: [...release.migrations, { name, checksum }] }
}
