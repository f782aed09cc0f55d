import type { Client } from "pg"
import { PRODUCTION } from "../../environment/settings/keys.js"
import { environmentOf } from "../../environment/database/environment.js"
import { parseBackupName, SANITIZED } from "../backup/names.js"
import { isSanitized } from "../sanitize/mark.js"

/** Whose data it is, and whether it may leave that environment. */
export interface Origin {
  /** Undefined when nothing says so. */
  readonly environment: string | undefined
  readonly isSanitized: boolean
}

/** What the name of a sanitized dump begins with, so that it is never taken for a backup of its environment. */
export const sanitizedName = (name: string) => SANITIZED + name

/** What a backup's name says. */
export function originByName(name: string): Origin {
  const own = name.startsWith(SANITIZED) ? name.slice(SANITIZED.length) : name
  return { environment: parseBackupName(own)?.environment, isSanitized: own !== name }
}

/** What a restored database says. */
export async function originOf(client: Client): Promise<Origin> {
  const query = "SELECT to_regclass('delivery.environment') IS NOT NULL AS found"
  const { rows } = await client.query<{ found: boolean }>(query)
  const environment = rows[0]?.found ? await environmentOf(client) : undefined
  return { environment, isSanitized: await isSanitized(client) }
}

/** Why data may not be put into an environment; undefined when it may. */
export function refusal(into: string, { environment = "unknown", isSanitized }: Origin): string | undefined {
  if (environment === into && !isSanitized) return undefined
  if (into === PRODUCTION)
    return `expected a backup of ${PRODUCTION} itself, received ${isSanitized ? "a sanitized one" : `one of ${environment}`}; take one that backup made there`
  if (isSanitized) return undefined
  return `expected a backup of ${into} or a sanitized one, received one of ${environment}; make one that may leave ${environment} with sanitize`
}
