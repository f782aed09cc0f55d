import type { Database } from "../database/database.js"
import type { ConnectorName } from "../settings/settings.js"
import { formatKey, newSecret, parseKey, secretMatches, hashSecret } from "./key.js"

/** A key as it is stored, without its secret. */
export interface ApiKey {
  id: string
  name: string
  /** The connectors it may use; empty means all. */
  connectors: string[]
  createdAt: Date
  revokedAt: Date | null
}

const visible = { id: true, name: true, connectors: true, createdAt: true, revokedAt: true } as const

/**
 * Makes a key and gives its text, which can't be had again.
 * @param connectors The connectors it may use; none means all.
 */
export async function createKey(database: Database, name: string, connectors: readonly ConnectorName[]) {
  const secret = newSecret()
  const limit = connectors.length > 0 ? { connectors: [...connectors] } : {}
  const { id } = await database.client.apiKey.create({
    data: { name, secretHash: hashSecret(secret), ...limit },
  })
  return formatKey({ id, secret })
}

/** All keys, the oldest first. */
export async function listKeys(database: Database): Promise<ApiKey[]> {
  return database.client.apiKey.findMany({ select: visible, orderBy: { createdAt: "asc" } })
}

/** Ends a key for good. False when there is none with this id that still works. */
export async function revokeKey(database: Database, id: string): Promise<boolean> {
  const { count } = await database.client.apiKey.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count > 0
}

/** Ends every key of a name for good. How many there were that still worked. */
export async function revokeKeysNamed(database: Database, name: string): Promise<number> {
  const { count } = await database.client.apiKey.updateMany({
    where: { name, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count
}

/** The key behind a text, or undefined when it is unknown, wrong or revoked. */
export async function findKey(database: Database, text: string): Promise<ApiKey | undefined> {
  const parts = parseKey(text)
  if (!parts) return undefined
  const stored = await database.client.apiKey.findUnique({ where: { id: parts.id } })
  const matches = secretMatches(parts.secret, stored?.secretHash)
  return matches && stored?.revokedAt === null ? stored : undefined
}
