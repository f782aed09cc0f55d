import { parseArgs } from "node:util"
import { z } from "zod"
import type { Database } from "../database/database.js"
import { connectorNames } from "../settings/variables.js"
import { createKey, listKeys, revokeKey, revokeKeysNamed } from "./store.js"

/** How the command is used. */
export const usage = `usage:
  keys create --name NAME [--connector CONNECTOR]...   make a key; its text is all of standard output
                                                       CONNECTOR: ${connectorNames.join(", ")}; none means all
  keys list                                            all keys, without their secrets
  keys revoke ID                                       end a key for good
  keys revoke --name NAME                              end every key of that name; none is no error`

/** Thrown when the command line is wrong. */
export class UsageError extends Error {
  override name = "UsageError"
}

/** What the command line asks for. */
export type KeysCommand =
  | { action: "create"; name: string; connectors: (typeof connectorNames)[number][] }
  | { action: "list" }
  | { action: "revoke"; id: string }
  | { action: "revoke"; name: string }

/**
 * Reads the command line.
 * @throws UsageError saying what was expected.
 */
export function parseKeysCommand(argv: readonly string[]): KeysCommand {
  const { values, positionals } = options(argv)
  const [action, id, ...rest] = positionals
  if (action === "create" && id === undefined) return create(values.name, values.connector ?? [])
  const hasOptions = Object.keys(values).length > 0
  if (action === "list" && id === undefined && !hasOptions) return { action }
  if (action === "revoke" && values.name && values.connector === undefined && id === undefined)
    return { action, name: values.name }
  if (action === "revoke" && rest.length === 0 && !hasOptions && z.uuid().safeParse(id).success)
    return { action, id: String(id) }
  if (action === "revoke")
    throw new UsageError("expected the id of one key, as keys list shows it, or --name alone")
  throw new UsageError(`expected create, list or revoke, received: ${argv.join(" ") || "nothing"}`)
}

/** Carries the command out and gives the lines for standard output. */
export async function runKeysCommand(database: Database, command: KeysCommand): Promise<string[]> {
  switch (command.action) {
    case "create":
      return [await createKey(database, command.name, command.connectors)]
    case "list":
      return (await listKeys(database)).map(line)
    case "revoke":
      if ("name" in command) return [`revoked ${await revokeKeysNamed(database, command.name)}`]
      if (await revokeKey(database, command.id)) return [`revoked ${command.id}`]
      throw new Error("expected the id of a key that is not revoked; see keys list")
  }
}

function options(argv: readonly string[]) {
  const known = { name: { type: "string" }, connector: { type: "string", multiple: true } } as const
  try {
    return parseArgs({ args: [...argv], options: known, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function create(name: string | undefined, connectors: string[]): KeysCommand {
  const checked = z.array(z.enum(connectorNames)).safeParse(connectors)
  if (!checked.success) throw new UsageError(`expected --connector to be one of ${connectorNames.join(", ")}`)
  if (!name || name.length > 100) throw new UsageError("expected --name with 1 to 100 characters")
  return { action: "create", name, connectors: checked.data }
}

function line({ id, name, connectors, createdAt, revokedAt }: Awaited<ReturnType<typeof listKeys>>[number]) {
  const allowed = connectors.join(",") || "all connectors"
  const state = revokedAt ? `revoked ${revokedAt.toISOString()}` : "active"
  return [id, state, `created ${createdAt.toISOString()}`, allowed, name].join("  ")
}
