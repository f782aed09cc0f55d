import type { Client } from "pg"
import { environmentOf } from "../environment/database/environment.js"
import { isPrepared } from "../environment/database/prepare.js"
import { PRODUCTION } from "../environment/settings/keys.js"
import type { DataContext } from "./context.js"
import { connected } from "./postgres/connection.js"
import { insertMissing } from "./seed/insert.js"
import { seedRows } from "./seed/rows.js"

/** What seeding added. */
export interface Seeded {
  /** Rows by table; 0 where everything was there. */
  readonly added: Readonly<Record<string, number>>
}

/**
 * Puts made-up workflows, with steps and finished runs, into an environment's database: the same with every call, and
 * nothing that is there already. All of it or nothing.
 * @throws in production, and before the database was migrated
 */
export async function seed({ settings, target }: DataContext, signal: AbortSignal): Promise<Seeded> {
  refuse(settings.environment)
  const added = await connected(target.databaseUrl, (client) => seedInto(client), signal)
  return { added: Object.fromEntries(added) }
}

async function seedInto(client: Client): Promise<[string, number][]> {
  if (await isPrepared(client)) refuse(await environmentOf(client))
  await expectMigrated(client)
  await client.query("BEGIN")
  const added: [string, number][] = []
  for (const rows of seedRows()) added.push([rows.table, await insertMissing(client, rows)])
  await client.query("COMMIT")
  return added
}

function refuse(environment: string | undefined): void {
  if (environment === PRODUCTION)
    throw new Error(
      `expected an environment other than ${PRODUCTION}, which has only what its people made; seed staging`,
    )
}

async function expectMigrated(client: Client): Promise<void> {
  const query = "SELECT to_regclass('run_steps') IS NOT NULL AS found"
  const { rows } = await client.query<{ found: boolean }>(query)
  if (rows[0]?.found !== true)
    throw new Error(
      "expected the platform's tables in the database, found none; deploy first, which migrates it",
    )
}
