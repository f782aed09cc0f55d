import type { Instance } from "../targets/target.js"
import { connected } from "../environment/database/connection.js"
import { fits } from "../migrations/fits.js"
import { described } from "./result.js"

/** What is asked. */
export interface Restored {
  readonly databaseUrl: string
  readonly environment: string
  readonly serving: Instance | undefined
}

/**
 * Why what serves can't live with the data that was put in place, and what to do; nothing when it can. A backup has the
 * schema of its time.
 */
export async function misfits({ databaseUrl, environment, serving }: Restored): Promise<string[]> {
  if (!serving) return []
  const client = await connected(databaseUrl)
  const reasons = await fits(client, serving.release).finally(() => client.end())
  if (reasons.length === 0) return []
  return [
    `what serves, ${described(serving)}, can't live with it:`,
    ...reasons.map((reason) => `  ${reason}`),
    `deploy it again, which applies what is missing; or go to a release of that time: rollback --environment ${environment} --to …`,
  ]
}
