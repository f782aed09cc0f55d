import { escapeIdentifier, type Client } from "pg"
import type { DataContext } from "../context.js"
import { undisturbed } from "../undisturbed.js"
import { countRows, totals, type Counts } from "../counts.js"
import { databaseName, withDatabase } from "../postgres/address.js"
import { connected } from "../postgres/connection.js"
import { maintaining } from "../postgres/maintenance.js"
import { withoutSessions } from "../postgres/sessions.js"
import type { Backup } from "../backup.js"
import { namesOf } from "./names.js"
import { expired } from "./retention.js"
import { expectRoom } from "./room.js"

const LONGEST_NAME = 63

/** What was copied. */
export interface TemplateCopy {
  readonly counts: Counts
  readonly bytes: number
}

/**
 * Copies the environment's database within its server, under a backup's name, and counts what is in the copy. A copy
 * appears whole or not at all. The database's sessions are ended for that moment, while the front holds requests back.
 */
export async function copyDatabase(
  context: DataContext,
  name: string,
  signal: AbortSignal,
): Promise<TemplateCopy> {
  if (Buffer.byteLength(name) > LONGEST_NAME)
    throw new Error(
      `expected a backup's name of at most ${LONGEST_NAME} bytes, received ${name}; shorten the environment's name`,
    )
  const { target } = context
  const source = databaseName(target.databaseUrl)
  const statement = `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(source)}`
  await expectRoom(target.databaseUrl)
  signal.throwIfAborted()
  await undisturbed(context, () =>
    withoutSessions(target.databaseUrl, [source], (client) => brokenOff(client, statement, signal)),
  )
  return measured(withDatabase(target.databaseUrl, name), signal).catch(async (error: unknown) => {
    await dropCopy(target.databaseUrl, name).catch(() => undefined)
    throw error
  })
}

/** A statement that ends with its connection when the signal is aborted: the front holds requests back for it. */
async function brokenOff(client: Client, statement: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  // Else the server would not notice before its end. Not every system can; there it goes on.
  await client.query("SET client_connection_check_interval = '1s'").catch(() => undefined)
  const stop = () => void client.end().catch(() => undefined)
  signal.addEventListener("abort", stop, { once: true })
  await client.query(statement).finally(() => signal.removeEventListener("abort", stop))
}

function measured(url: string, signal: AbortSignal): Promise<TemplateCopy> {
  const query = "SELECT pg_database_size(current_database()) AS bytes"
  const measure = async (client: Parameters<typeof countRows>[0]) => {
    const { rows } = await client.query<{ bytes: string }>(query)
    return { counts: await countRows(client), bytes: Number(rows[0]?.bytes) }
  }
  return connected(url, measure, signal)
}

/** The template copies of an environment, oldest first. */
export function copiesOf(environment: string, url: string): Promise<string[]> {
  return maintaining(url, async (client) => {
    const { rows } = await client.query<{ name: string }>("SELECT datname AS name FROM pg_database")
    return namesOf(
      environment,
      rows.map(({ name }) => name),
    )
  })
}

/** Drops the oldest copies. Each is as large as the database itself, so that age alone keeps none. */
export async function dropExpiredCopies({ settings, target }: DataContext, now: Date): Promise<string[]> {
  const copies = await copiesOf(settings.environment, target.databaseUrl)
  const gone = expired(copies, { keep: settings.BACKUP_KEEP, days: 0, now })
  for (const name of gone) await dropCopy(target.databaseUrl, name)
  return gone
}

const dropCopy = (url: string, name: string) =>
  maintaining(url, (client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`))

/** A backup by copying, and the removal of copies that have had their time. */
export async function copyBackup(
  context: DataContext,
  name: string,
  signal: AbortSignal,
): Promise<Omit<Backup, "seconds">> {
  const { bytes, counts } = await copyDatabase(context, name, signal)
  await dropExpiredCopies(context, new Date())
  const location = `the database ${name} of the same server`
  return { name, location, bytes, ...totals(counts), encrypted: false, kind: "template copy" }
}
