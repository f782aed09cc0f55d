import type { ClientBase } from "pg"

/** Runs an action as a whole, or as if it had not been. */
export async function transaction<Result>(
  client: ClientBase,
  action: () => Promise<Result>,
): Promise<Result> {
  await client.query("BEGIN")
  try {
    const result = await action()
    await client.query("COMMIT")
    return result
  } catch (error) {
    // The first error is the one to report, whatever becomes of the connection.
    await client.query("ROLLBACK").catch(() => undefined)
    throw error
  }
}
