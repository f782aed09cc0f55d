import type { ClientBase } from "pg"
import { serviceKeys } from "../settings/keys.js"
import type { Common } from "../settings/settings.js"
import { fingerprints, parsedFingerprints, type Fingerprint } from "./fingerprint.js"
import { isPrepared } from "./prepare.js"
import { SharedKeys, sharedKeys } from "./shared-keys.js"
import { transaction } from "./transaction.js"

type Keyed = Pick<Common, "environment" | "platform" | "OTHER_FINGERPRINTS">

/**
 * Sees to it that no other environment has one of this one's service keys, as far as fingerprints are known: from
 * OTHER_FINGERPRINTS, and from rows that came into the database with a copy of another environment's.
 * The schema `delivery` need not be there.
 * @throws SharedKeys
 */
export async function expectOwnKeys(client: ClientBase, settings: Keyed): Promise<void> {
  const known = [...parsedFingerprints(settings.OTHER_FINGERPRINTS), ...(await stored(client))]
  const foreign = known.filter(({ environment }) => environment !== settings.environment)
  const shared = await sharedKeys(keysOf(settings), foreign)
  if (shared.length > 0) throw new SharedKeys(settings.environment, shared)
}

/** Puts fingerprints of the keys that are now in use in the place of those before, and returns them. */
export async function storeFingerprints(client: ClientBase, settings: Keyed): Promise<Fingerprint[]> {
  const own = await fingerprints(settings.environment, keysOf(settings))
  await transaction(client, async () => {
    await client.query("DELETE FROM delivery.fingerprints WHERE environment = $1", [settings.environment])
    for (const { environment, name, salt, hash } of own)
      await client.query("INSERT INTO delivery.fingerprints VALUES ($1, $2, $3, $4)", [
        environment,
        name,
        salt,
        hash,
      ])
  })
  return own
}

async function stored(client: ClientBase): Promise<Fingerprint[]> {
  if (!(await isPrepared(client))) return []
  const query = "SELECT environment, name, salt, hash FROM delivery.fingerprints"
  return (await client.query<Fingerprint>(query)).rows
}

function keysOf({ platform }: Keyed): Record<string, string> {
  return Object.fromEntries(serviceKeys(platform).map((name) => [name, platform[name] ?? ""]))
}
