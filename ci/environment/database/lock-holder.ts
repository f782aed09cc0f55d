import type { ClientBase } from "pg"
import { DEPLOY_LOCK } from "./advisory-keys.js"

/** Who changes an environment, for whoever waits. */
export interface Holder {
  /** A person's or a workflow's name. */
  readonly who: string
  /** The machine's. */
  readonly host: string
}

/** Who holds the lock, with what is known of it. */
export interface Held extends Partial<Holder> {
  /** Process of the PostgreSQL server. */
  readonly pid: number
  readonly deployment?: number | null
  readonly step?: string | null
  /** For how long. */
  readonly seconds: number
}

/** Says that this connection's program holds the lock. */
export async function writeHolder(client: ClientBase, { who, host }: Holder): Promise<void> {
  await client.query("DELETE FROM delivery.lock")
  await client.query("INSERT INTO delivery.lock (pid, who, host) VALUES (pg_backend_pid(), $1, $2)", [
    who,
    host,
  ])
}

/** Says what the holder is doing; nothing happens when this connection is not the holder's. */
export async function writeStep(client: ClientBase, step: string): Promise<void> {
  await client.query("UPDATE delivery.lock SET step = $1 WHERE pid = pg_backend_pid()", [step])
}

/** Takes the words about this connection's program away. */
export async function eraseHolder(client: ClientBase): Promise<void> {
  await client.query("DELETE FROM delivery.lock WHERE pid = pg_backend_pid()")
}

/**
 * Who holds the lock. The row is believed only where the advisory lock is really held, by the same process: one that a
 * dead program or a copied database left behind says nothing.
 */
export async function holderOf(client: ClientBase): Promise<Held | undefined> {
  const { rows } = await client.query<Held>(
    `SELECT pid, who, host, deployment::int, step,
            extract(epoch FROM clock_timestamp() - coalesce(since, backend_start))::float AS seconds
       FROM pg_locks JOIN pg_stat_activity USING (pid) LEFT JOIN delivery.lock USING (pid)
      WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [...DEPLOY_LOCK],
  )
  return rows[0]
}

/** Such as `ada on build-7, for 12 s, deployment 4, at step migrate`. */
export function describeHolder(held: Held | undefined): string {
  if (held === undefined) return "somebody who has just ended"
  const name = held.who ? `${held.who} on ${held.host}` : `PostgreSQL process ${held.pid}`
  const deployment = held.deployment ? [`deployment ${held.deployment}`] : []
  const step = held.step ? [`at step ${held.step}`] : []
  return [name, `for ${Math.round(held.seconds)} s`, ...deployment, ...step].join(", ")
}
