import { randomBytes } from "node:crypto"
import type { Client } from "pg"
import { DECLARED } from "../columns.js"
import { markSanitized } from "./mark.js"
import { statements } from "./statements.js"
import { columnsOf, largeObjects, undeclared } from "./undeclared.js"

/**
 * Replaces what is declared in a database of its own, and marks it as one that may leave its environment.
 * @throws naming every table and column that nobody has declared
 */
export async function replaceDeclared(client: Client, signal: AbortSignal): Promise<void> {
  const columns = await columnsOf(client)
  refuse([...undeclared(columns, DECLARED), ...((await largeObjects(client)) > 0 ? ["large objects"] : [])])
  const salt = randomBytes(16).toString("hex")
  for (const statement of statements({ columns, declared: DECLARED, salt })) {
    signal.throwIfAborted()
    await client.query(statement)
  }
  await markSanitized(client)
}

function refuse(names: readonly string[]): void {
  if (names.length === 0) return
  throw new Error(
    `expected every column to be declared in ci/data/columns.ts, found undeclared: ${names.join(", ")}; declare each before this data leaves its environment`,
  )
}
