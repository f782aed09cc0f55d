import { Client } from "pg"
import type { Redactor } from "../redact.js"
import type { Scratch } from "../reaper/scratch.js"
import { startPostgres, type Cluster } from "./cluster.js"

/** The databases of a run. The PostgreSQL that holds them is started when the first is asked for. */
export interface Databases {
  /** URL of a PostgreSQL in which tests may make databases: the caller's, or one of the run's own. */
  tests(): Promise<string>
  /** URL of the platform's own database, empty at first: always the run's own. */
  platform(): Promise<string>
}

interface Options {
  readonly scratch: Scratch
  readonly redactor: Redactor
  /** `TEST_DATABASE_URL` of the caller. */
  readonly testDatabaseUrl: string | undefined
}

export function databases({ scratch, redactor, testDatabaseUrl }: Options): Databases {
  const cluster = once(async () => {
    const started = await startPostgres(scratch)
    redactor.learn(started.password)
    return started
  })
  return {
    tests: async () => testDatabaseUrl ?? (await cluster()).url,
    platform: once(async () => created("platform", await cluster())),
  }
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => (made ??= make())
}

async function created(name: string, { url }: Cluster): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`).finally(() => client.end())
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}
