import { randomUUID } from "node:crypto"
import pg from "pg"

/** An empty database beside the real one, in which `migrate dev` and `migrate diff` try the migrations. */
export interface Shadow {
  url: string
  drop: () => Promise<void>
}

/** Makes a shadow database on the server of a URL. The role needs the right to create databases. */
export async function createShadow(url: string): Promise<Shadow> {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`
  await run(url, `CREATE DATABASE "${name}"`)
  const shadow = new URL(url)
  shadow.pathname = `/${name}`
  return { url: shadow.href, drop: () => run(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
