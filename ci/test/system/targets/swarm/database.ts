import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { Client } from "pg"
import { expect } from "vitest"
import { freePort } from "../../../../host/free-port.js"
import { project } from "../../../../pipeline/project.js"
import { docker } from "../../docker/docker.js"

/** A PostgreSQL that containers and this machine reach at one address. */
export interface OpenDatabase {
  readonly password: string
  /** The URL of a new database there. */
  readonly url: () => Promise<string>
  readonly remove: () => Promise<void>
}

/** Starts PostgreSQL on a free port of an address of this machine, and waits until it answers. */
export async function openDatabase(address: string): Promise<OpenDatabase> {
  const [name, password, port] = [`test-database-${randomUUID()}`, randomUUID(), await freePort()]
  const place = ["--name", name, "--publish", `${address}:${port}:5432`]
  const args = ["run", "--detach", ...place, "--env", "POSTGRES_PASSWORD", project.bases.postgres]
  const { exitCode, all } = await docker(args, { POSTGRES_PASSWORD: password })
  expect(exitCode, all).toBe(0)
  const server = `postgresql://postgres:${password}@${address}:${port}`
  await answers(server)
  const url = async () => {
    const name = `test_${randomUUID().replaceAll("-", "")}`
    await query(`${server}/postgres`, `CREATE DATABASE ${name}`)
    return `${server}/${name}`
  }
  const remove = async () => {
    await docker(["rm", "--force", "--volumes", name])
  }
  return { password, url, remove }
}

/** Runs one statement. */
export async function query(connectionString: string, statement: string) {
  const client = new Client({ connectionString })
  // What happens to the connection after the answer is of no interest.
  client.on("error", () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

async function answers(server: string): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      await query(`${server}/postgres`, "SELECT 1")
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(200)
    }
  }
}
