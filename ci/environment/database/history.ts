import type { ClientBase } from "pg"
import { Deployment } from "./deployment.js"

/** Of the environment whose database it is; a copy of another's holds that one's deployments, too. */
const OWN = "environment = (SELECT name FROM delivery.environment)"

const SELECT = `
  SELECT id::int, environment, kind, release, version, who, host, previous::int, started_at AS "startedAt",
         ended_at AS "endedAt", outcome, reason, failed_step AS "failedStep", serving,
         coalesce((SELECT json_agg(json_build_object('position', position, 'name', name, 'startedAt', started_at,
                                   'seconds', seconds, 'outcome', outcome, 'note', note) ORDER BY position)
                     FROM delivery.steps WHERE deployment = deployments.id), '[]') AS steps
    FROM delivery.deployments WHERE ${OWN}`

/** The environment's newest deployments, newest first, each with its steps. */
export function deployments(client: ClientBase, limit: number): Promise<Deployment[]> {
  return found(client, `${SELECT} ORDER BY id DESC LIMIT $1`, [limit])
}

/** The environment's deployment with an id. */
export async function deployment(client: ClientBase, id: number): Promise<Deployment | undefined> {
  return (await found(client, `${SELECT} AND id = $1`, [id]))[0]
}

/**
 * The environment's newest deployment that succeeded.
 * @param before an id: only those that began before it
 */
export async function lastSucceeded(client: ClientBase, before?: number): Promise<Deployment | undefined> {
  const query = `${SELECT} AND outcome = 'succeeded' AND ($1::bigint IS NULL OR id < $1) ORDER BY id DESC LIMIT 1`
  return (await found(client, query, [before]))[0]
}

async function found(client: ClientBase, query: string, values: unknown[]): Promise<Deployment[]> {
  const { rows } = await client.query<{ id: number }>(query, values)
  return rows.map(readable)
}

function readable(row: { readonly id: number }): Deployment {
  const read = Deployment.safeParse(row)
  if (read.success) return read.data
  throw new Error(
    `expected a record of deployment ${row.id} that this program knows, received another; use the program that wrote it, or a later one`,
    { cause: read.error },
  )
}
