import { escapeIdentifier } from "pg"
import type { DataContext } from "../context.js"
import { neededPrograms } from "../backup/programs.js"
import { countRows, differences, type Counts } from "../counts.js"
import { readDump } from "../dump/read.js"
import { readManifest, type Manifest } from "../manifest.js"
import { databaseName, withDatabase } from "../postgres/address.js"
import { connected } from "../postgres/connection.js"
import { createDatabaseLike } from "../postgres/create-database.js"
import type { ScratchDatabase } from "../postgres/scratch-database.js"
import { withoutSessions } from "../postgres/sessions.js"
import { isEncryptedFile } from "../store/dumps.js"
import type { Found } from "./find.js"
import { originByName } from "./origin.js"

type Dump = Extract<Found, { kind: "dump" }>

/** A backup, and the scratch database that is to hold it. */
export interface Filling<Source extends Found = Found> {
  readonly context: DataContext
  readonly found: Source
  readonly scratch: ScratchDatabase
}

/**
 * Makes the scratch database from a backup and compares it with what was written down about the backup.
 * @returns the rows by table
 * @throws when the backup is cut off, was changed, or was encrypted for another key
 */
export async function fill({ context, found, scratch }: Filling, signal: AbortSignal): Promise<Counts> {
  if (found.kind === "dump") return fillFromDump({ context, found, scratch }, signal)
  const { databaseUrl } = context.target
  const statement = `CREATE DATABASE ${escapeIdentifier(scratch.name)} TEMPLATE ${escapeIdentifier(found.name)}`
  await withoutSessions(databaseUrl, [found.name], (client) => client.query(statement))
  return connected(withDatabase(databaseUrl, scratch.name), countRows, signal)
}

async function fillFromDump(filling: Filling<Dump>, signal: AbortSignal): Promise<Counts> {
  const { context, found, scratch } = filling
  const { databaseUrl } = context.target
  const programs = await neededPrograms(context)
  const manifest = await manifestOf(filling, signal)
  await createDatabaseLike(scratch.maintenance, scratch.name, databaseName(databaseUrl))
  const say = (line: string) => context.say(line)
  const reading = { ...found, programs, key: keyFor(filling), database: scratch.name, say }
  const read = await readDump({ ...reading, rights: rightsOf(filling) }, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    throw damaged(found, error)
  })
  if (manifest && manifest.sha256 !== read.sha256)
    throw new Error(
      `expected ${manifest.bytes} bytes in ${found.store.location(found.file)} as backup wrote them, found ${read.bytes} other bytes; take another backup`,
    )
  const counts = await connected(withDatabase(databaseUrl, scratch.name), countRows, signal)
  if (manifest) checkCounts(found.name, manifest.counts, counts)
  return counts
}

/** Those of another environment are of its own roles. */
function rightsOf({ context, found }: Filling<Dump>) {
  const isOwn = originByName(found.name).environment === context.settings.environment
  return isOwn ? "with rights" : "without rights"
}

/** One that says itself what was expected, such as another key, says all. */
function damaged({ store, file }: Dump, error: unknown): unknown {
  if (!(error instanceof Error) || error.message.startsWith("expected a backup")) return error
  return new Error(
    `expected a whole backup in ${store.location(file)}, received: ${error.message}; nothing was changed; take another backup`,
    { cause: error },
  )
}

async function manifestOf(
  { context, found }: Filling<Dump>,
  signal: AbortSignal,
): Promise<Manifest | undefined> {
  const manifest = await readManifest(found.store, found.name, signal)
  if (manifest === undefined)
    context.say(`nothing was written down about ${found.name}, so that what it holds can't be compared`)
  return manifest
}

function keyFor({ context, found }: Filling<Dump>): string | undefined {
  if (!isEncryptedFile(found.file)) return undefined
  const key = context.settings.BACKUP_KEY
  if (key !== undefined) return key
  throw new Error(
    `expected BACKUP_KEY in the settings, found none, and ${found.file} is encrypted; set it to the key with which it was made`,
  )
}

function checkCounts(name: string, expected: Counts, received: Counts): void {
  const wrong = differences(expected, received)
  if (wrong.length > 0)
    throw new Error(
      `expected in ${name} the rows that backup counted: ${wrong.join("; ")}; take another backup`,
    )
}
