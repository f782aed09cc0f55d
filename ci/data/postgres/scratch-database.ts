import { randomBytes } from "node:crypto"
import { escapeIdentifier, type Client } from "pg"
import { databaseName } from "./address.js"
import { claimed, unclaim } from "./claim.js"
import { besideAny, maintaining } from "./maintenance.js"

const PURPOSES = ["check", "restore", "sanitize"] as const
/** What a database beside the environment's own is made for. */
export type Purpose = (typeof PURPOSES)[number]

/** PostgreSQL cuts a longer name off. */
const LONGEST_NAME = 63

/** A database beside the environment's own, there until the action ends unless it was renamed meanwhile. */
export interface ScratchDatabase {
  readonly name: string
  /** A session of the server, in the database `postgres` where that is possible. */
  readonly maintenance: Client
}

/**
 * Runs an action with the name of a scratch database, which it makes itself, and drops that database in the end. Drops
 * those too that an earlier, killed run left.
 * @param url of the environment's database
 */
export async function withScratchDatabase<Result>(
  url: string,
  purpose: Purpose,
  action: (scratch: ScratchDatabase) => Promise<Result>,
): Promise<Result> {
  const name = scratchName(databaseName(url), purpose, randomBytes(3).toString("hex"))
  // One that is to be renamed needs a session elsewhere.
  const session = purpose === "restore" ? maintaining : besideAny
  return session(url, async (maintenance) => {
    await dropLeftovers(maintenance, databaseName(url))
    await claimed(maintenance, name)
    return await thenDropped(maintenance, name, () => action({ name, maintenance }))
  })
}

/** Clean-up hides no error and spoils no result: what it leaves, the next run drops. */
async function thenDropped<Result>(maintenance: Client, name: string, action: () => Promise<Result>) {
  try {
    return await action()
  } finally {
    await drop(maintenance, name).catch(() => undefined)
  }
}

/** `<database>_check_<random>`, no longer than PostgreSQL allows. */
export function scratchName(database: string, purpose: Purpose, random: string): string {
  const ending = `_${purpose}_${random}`
  return cut(database, LONGEST_NAME - ending.length) + ending
}

/** A regular expression for the scratch databases of a database. */
export function scratchPattern(database: string): string {
  const random = "0".repeat(6)
  const beginnings = PURPOSES.map((purpose) =>
    scratchName(database, purpose, random).slice(0, -random.length),
  )
  return `^(${beginnings.map(escaped).join("|")})[0-9a-f]{6}$`
}

async function dropLeftovers(maintenance: Client, database: string): Promise<void> {
  const query = "SELECT datname AS name FROM pg_database WHERE datname ~ $1"
  const { rows } = await maintenance.query<{ name: string }>(query, [scratchPattern(database)])
  for (const { name } of rows)
    if (await claimed(maintenance, name)) {
      await drop(maintenance, name)
      await unclaim(maintenance, name)
    }
}

const drop = (maintenance: Client, name: string) =>
  maintenance.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)

/** Names are counted in bytes. */
const cut = (text: string, bytes: number) =>
  new TextDecoder("utf8").decode(Buffer.from(text).subarray(0, bytes)).replace(/\uFFFD$/, "")
const escaped = (text: string) => text.replace(/[^\w]/g, "\\$&")
