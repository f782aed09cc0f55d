import { Client } from "pg"
import { afterAll, beforeAll, onTestFinished } from "vitest"
import { startPostgres } from "../host/postgres/cluster.js"
import { scratch } from "../host/reaper/scratch.js"

/** Empty databases for the tests of a file, in a PostgreSQL of its own. */
export interface TestDatabases {
  /** URL of a new database; a copy of another one, to which nobody is connected, where that is given. */
  fresh(template?: string): Promise<string>
  /** A connection to it that ends with the test. */
  connect(url: string): Promise<Client>
  /** Both, where one connection is enough. */
  client(): Promise<Client>
}

/** Starts a PostgreSQL before the tests of a file; it ends after them. */
export function testDatabases(): TestDatabases {
  const own = scratch()
  let server = ""
  let count = 0
  beforeAll(async () => {
    server = (await startPostgres(own)).url
  })
  afterAll(() => own.clear())
  const fresh = (template?: string) => created(server, `test_${++count}`, template)
  return { fresh, connect, client: async () => connect(await fresh()) }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

async function created(server: string, name: string, template?: string): Promise<string> {
  const source = template === undefined ? "template1" : new URL(template).pathname.slice(1)
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${source}`).finally(() => client.end())
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}
