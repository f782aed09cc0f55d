import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"
import { FINGERPRINT } from "../settings/shapes.js"

const derived = promisify<string, Buffer, number, Buffer>(scrypt)
const SALT_BYTES = 16
const HASH_BYTES = 32

/** By which a key is recognised and not found out: salted scrypt, https://www.rfc-editor.org/rfc/rfc7914 */
export interface Fingerprint {
  readonly environment: string
  /** Name of the setting that has the key. */
  readonly name: string
  /** 16 bytes in base64url. */
  readonly salt: string
  /** 32 bytes in base64url. */
  readonly hash: string
}

/** Fingerprints of keys by the names of their settings, each with a salt of its own. */
export async function fingerprints(
  environment: string,
  keys: Readonly<Record<string, string>>,
): Promise<Fingerprint[]> {
  const made = Object.entries(keys).map(async ([name, value]) => {
    const salt = randomBytes(SALT_BYTES).toString("base64url")
    const hash = (await hashOf(value, salt)).toString("base64url")
    return { environment, name, salt, hash }
  })
  return Promise.all(made)
}

/** Whether a key is the one that a fingerprint was made of. */
export async function isOf({ salt, hash }: Fingerprint, key: string): Promise<boolean> {
  return timingSafeEqual(await hashOf(key, salt), Buffer.from(hash, "base64url"))
}

function hashOf(key: string, salt: string): Promise<Buffer> {
  return derived(key, Buffer.from(salt, "base64url"), HASH_BYTES)
}

/** `environment:NAME:salt:hash`, as it is printed and set in OTHER_FINGERPRINTS. */
export function fingerprintText({ environment, name, salt, hash }: Fingerprint): string {
  return [environment, name, salt, hash].join(":")
}

/**
 * Reads OTHER_FINGERPRINTS.
 * @throws when one is no fingerprint; says which, but not what it is, since it may be a key put there by mistake
 */
export function parsedFingerprints(texts: readonly string[]): Fingerprint[] {
  return texts.map((text, index) => {
    const [, environment, name, salt, hash] = FINGERPRINT.exec(text) ?? []
    if (environment && name && salt && hash) return { environment, name, salt, hash }
    throw new Error(
      `expected OTHER_FINGERPRINTS to hold environment:NAME:salt:hash as a deploy prints it; number ${index + 1} of ${texts.length} is something else`,
    )
  })
}
