import type { Database } from "../database/database.js"
import type { PrismaClient } from "../generated/prisma/client.js"

/** More than the whole warm-up is given. */
const timeoutMs = 10_000

/** Carries the result out of a transaction that must not be kept. */
class Done<Result> extends Error {
  constructor(readonly result: Result) {
    super("rolled back")
  }
}

/**
 * Runs an action whose every change is undone, and which nobody else sees before.
 * @param action Is given a database without transactions of its own.
 */
export async function rolledBack<Result>(
  { client, ...database }: Database,
  action: (database: Database) => Promise<Result>,
): Promise<Result> {
  const whole = async (queries: unknown): Promise<never> => {
    throw new Done(await action({ ...database, client: queries as PrismaClient }))
  }
  return client.$transaction(whole, { timeout: timeoutMs }).catch((error: unknown) => {
    if (error instanceof Done) return error.result as Result
    throw error
  })
}
