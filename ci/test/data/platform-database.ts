import { randomBytes } from "node:crypto"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { escapeIdentifier } from "pg"
import { onTestFinished } from "vitest"
import { withDatabase } from "../../data/postgres/address.js"
import { connected } from "../../data/postgres/connection.js"
import { claim } from "../../environment/database/environment.js"
import { prepare } from "../../environment/database/prepare.js"
import { project } from "../../pipeline/project.js"

const SERVER = fileURLToPath(new URL("../../../server", import.meta.url))
const TEMPLATE = "platform_template"

/** Makes the platform's database, migrated and empty, which `platformDatabase` copies. */
export async function platformTemplate(server: string): Promise<void> {
  await query(server, `CREATE DATABASE ${TEMPLATE}`)
  const [command, ...args] = project.commands.migrate
  const env = { DATABASE_URL: withDatabase(server, TEMPLATE), DOTENV_CONFIG_PATH: "/dev/null" }
  await execa(command, args, { cwd: SERVER, env })
}

/** The URL of a database of the platform, marked as an environment's. It goes with its server. */
export async function platformDatabase(server: string, environment: string): Promise<string> {
  const name = `app_${randomBytes(4).toString("hex")}`
  await query(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  const url = withDatabase(server, name)
  await connected(url, async (client) => {
    await prepare(client)
    await claim(client, environment)
  })
  return url
}

/** Runs one statement. */
export function query<Row extends object>(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return connected(url, async (client) => (await client.query<Row>(statement, values)).rows)
}

/** The names of a server's databases that match a regular expression. */
export async function databases(server: string, pattern: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    server,
    "SELECT datname AS name FROM pg_database WHERE datname ~ $1 ORDER BY 1",
    [pattern],
  )
  return rows.map(({ name }) => name)
}

/** Drops a database when the test ends. */
export function dropAtEnd(server: string, name: string): void {
  onTestFinished(async () => {
    await query(server, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)
  })
}
