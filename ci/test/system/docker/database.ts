import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { expect } from "vitest"
import { project } from "../../../pipeline/project.js"
import { docker } from "./docker.js"

/** A PostgreSQL in a network of its own, without a way out of it. */
export interface DatabaseContainer {
  /** Arguments of `docker run` for a container that uses the database. */
  readonly args: readonly string[]
  /** Environment that those arguments need. */
  readonly environment: Record<string, string>
  readonly remove: () => Promise<void>
}

/** Starts PostgreSQL from the image that the project names, and waits until it answers. */
export async function databaseContainer(): Promise<DatabaseContainer> {
  const [name, password] = [`test-database-${randomUUID()}`, randomUUID()]
  const place = ["--name", name, "--network", name, "--network-alias", "db"]
  const settings = ["--env", "POSTGRES_PASSWORD", "--env", "POSTGRES_DB=agent"]
  await docker(["network", "create", "--internal", name])
  const run = ["run", "--detach", ...place, ...settings, project.bases.postgres]
  const { exitCode, all } = await docker(run, { POSTGRES_PASSWORD: password })
  expect(exitCode, all).toBe(0)
  await answers(name)
  const remove = async () => {
    await docker(["rm", "--force", "--volumes", name])
    await docker(["network", "rm", name])
  }
  const environment = { DATABASE_URL: `postgresql://postgres:${password}@db:5432/agent` }
  return { args: ["--network", name, "--env", "DATABASE_URL"], environment, remove }
}

/** By address: while its folder is filled, PostgreSQL answers on the socket alone. */
async function answers(name: string): Promise<void> {
  const question = ["exec", name, "pg_isready", "--host=127.0.0.1", "--username=postgres"]
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    if ((await docker(question)).exitCode === 0) return
    await sleep(200)
  }
  throw new Error(`PostgreSQL did not answer: ${(await docker(["logs", name])).all}`)
}
