import { escapeIdentifier, type Client } from "pg"
import type { DataContext } from "../context.js"
import { databaseName } from "../postgres/address.js"
import { FORBIDDEN, sqlState } from "../postgres/connection.js"
import { withoutSessions } from "../postgres/sessions.js"
import { undisturbed } from "../undisturbed.js"

const LONGEST_NAME = 63

/**
 * Puts a database in the place of the environment's own, both renamed in one transaction, whose sessions end for that
 * moment.
 * @returns the name under which the old one is kept
 * @throws with what to do, when the account may not rename them
 */
export async function swap(context: DataContext, fresh: string, now: Date): Promise<string> {
  const { databaseUrl } = context.target
  const own = databaseName(databaseUrl)
  const kept = `${own.slice(0, LONGEST_NAME - 27)}_before_${now.toISOString().replace(/[-:.]/g, "")}`
  const rename = (from: string, to: string) =>
    `ALTER DATABASE ${escapeIdentifier(from)} RENAME TO ${escapeIdentifier(to)}`
  const both = (client: Client) => inTransaction(client, [rename(own, kept), rename(fresh, own)])
  let isSwapped = false
  const swapped = async () => {
    await withoutSessions(databaseUrl, [own, fresh], both)
    isSwapped = true
  }
  await undisturbed(context, swapped).catch((error: unknown) => {
    if (!isSwapped) throw explained(error, own)
    context.say(`somebody else changes the environment by now: ${(error as Error).message}`)
  })
  return kept
}

async function inTransaction(client: Client, statements: readonly string[]): Promise<void> {
  try {
    await client.query("BEGIN")
    for (const statement of statements) await client.query(statement)
    await client.query("COMMIT")
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined)
    throw error
  }
}

function explained(error: unknown, own: string): unknown {
  if (sqlState(error) !== FORBIDDEN) return error
  const instead =
    "let its owner, with CREATEDB, restore; or make a database beside it, pg_restore the backup into that, and set DATABASE_URL to it"
  return new Error(
    `expected to rename the database ${own}, received: ${(error as Error).message}; nothing was changed; ${instead}`,
    {
      cause: error,
    },
  )
}
