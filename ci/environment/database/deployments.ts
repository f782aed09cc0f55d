import type { ClientBase } from "pg"
import type { Deployment, Ending, Step } from "./deployment.js"

/** What is known of a deployment when it begins. */
export interface Beginning extends Pick<Deployment, "kind" | "release" | "version" | "who" | "host"> {
  /** The deployment that serves. */
  readonly previous?: number | undefined
}

/** How a deployment ended, and what serves now. */
export interface Ended {
  readonly outcome: Ending
  readonly reason?: string | undefined
  readonly failedStep?: string | undefined
  readonly serving?: string | undefined
}

/**
 * Writes down that a deployment has begun, and lets those who wait for the lock know. The database has to be claimed.
 * @returns its id
 */
export async function beginDeployment(client: ClientBase, beginning: Beginning): Promise<number> {
  const { kind, release, version, who, host, previous } = beginning
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO delivery.deployments (environment, kind, release, version, who, host, previous)
       SELECT name, $1, $2, $3, $4, $5, $6 FROM delivery.environment RETURNING id::int`,
    [kind, JSON.stringify(release), version, who, host, previous],
  )
  const id = rows[0]?.id
  if (id === undefined)
    throw new Error("expected the database to be claimed for an environment, found it unmarked")
  await client.query("UPDATE delivery.lock SET deployment = $1 WHERE pid = pg_backend_pid()", [id])
  return id
}

/** Writes down a step as it is now, in the place of what was written of it before. */
export async function noteStep(client: ClientBase, deployment: number, step: Step): Promise<void> {
  const { position, name, startedAt, seconds, outcome, note } = step
  await client.query(
    `INSERT INTO delivery.steps (deployment, position, name, started_at, seconds, outcome, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (deployment, position) DO UPDATE
       SET name = excluded.name, started_at = excluded.started_at, seconds = excluded.seconds,
           outcome = excluded.outcome, note = excluded.note`,
    [deployment, position, name, startedAt, seconds, outcome, note],
  )
}

/** Writes down how a deployment ended. */
export async function endDeployment(client: ClientBase, id: number, ended: Ended): Promise<void> {
  const { outcome, reason, failedStep, serving } = ended
  await client.query(
    `UPDATE delivery.deployments
        SET outcome = $2, reason = $3, failed_step = $4, serving = $5, ended_at = clock_timestamp() WHERE id = $1`,
    [id, outcome, reason, failedStep, serving],
  )
}

/** Writes down that a deployment that ended without saying how has brought what serves. */
export async function proveAbandoned(client: ClientBase, id: number): Promise<void> {
  await client.query(
    `UPDATE delivery.deployments
        SET outcome = 'succeeded', failed_step = NULL, reason = 'its program ended without saying how; its version serves'
      WHERE id = $1 AND outcome = 'abandoned'`,
    [id],
  )
}

/**
 * Closes the books of deployments that are said to run. For the holder of the lock, who knows that they don't; before it
 * writes its own name over that of the one before, in which is the step where that one ended.
 * @returns their ids
 */
export async function abandonRunning(client: ClientBase): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `UPDATE delivery.deployments
        SET outcome = 'abandoned', ended_at = clock_timestamp(), reason = 'its program ended without saying how',
            failed_step = coalesce(
              (SELECT step FROM delivery.lock WHERE deployment = deployments.id),
              (SELECT name FROM delivery.steps WHERE deployment = deployments.id ORDER BY position DESC LIMIT 1))
      WHERE outcome = 'running' RETURNING id::int`,
  )
  return rows.map(({ id }) => id).sort((one, other) => one - other)
}
