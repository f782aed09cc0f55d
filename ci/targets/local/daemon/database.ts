import { Client } from "pg"
import { setTimeout as sleep } from "node:timers/promises"
import { DataInUse, startLastingPostgres, type LastingCluster } from "../../../host/postgres/lasting.js"
import { programs } from "../../../host/postgres/programs.js"
import type { Scratch } from "../../../host/reaper/scratch.js"
import { connectTo } from "../control/connection.js"
import type { Places } from "../places.js"

/** The application's database. */
const NAME = "platform"
/** A daemon that was killed has a reaper, which ends what it left. */
const DEADLINE_MS = 60_000
const PAUSE_MS = 200

/** The environment's PostgreSQL. */
export interface Database extends LastingCluster {
  /** URL of the application's database. */
  readonly databaseUrl: string
}

/**
 * Starts PostgreSQL on the environment's data. That only one can work on it is what makes its daemon the only one.
 * @returns undefined when another daemon answers
 */
export async function database(scratch: Scratch, places: Places): Promise<Database | undefined> {
  const data = { folder: places.database, programs: await programs(scratch) }
  for (const deadline = Date.now() + DEADLINE_MS; ;) {
    try {
      const cluster = await startLastingPostgres(scratch, data)
      return { ...cluster, databaseUrl: await application(cluster) }
    } catch (error) {
      if (await answers(places)) return undefined
      if (!(error instanceof DataInUse) || Date.now() > deadline) throw error
    }
    await sleep(PAUSE_MS)
  }
}

async function answers({ address }: Places): Promise<boolean> {
  const connection = await connectTo(address)
  await connection?.close()
  return connection !== undefined
}

async function application({ url }: LastingCluster): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [NAME])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(NAME)}`)
  } finally {
    await client.end()
  }
  return Object.assign(new URL(url), { pathname: `/${NAME}` }).href
}
