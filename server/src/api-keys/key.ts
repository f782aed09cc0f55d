import { createHash, randomBytes, timingSafeEqual } from "node:crypto"

/** The two parts of a key. The id may be seen by anybody. */
export interface KeyParts {
  id: string
  secret: string
}

const shape = /^aca_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([\w-]{43})$/

/** A new secret of 256 bits. */
export const newSecret = (): string => randomBytes(32).toString("base64url")

/** The text a person is given: `aca_<id>_<secret>`. */
export const formatKey = ({ id, secret }: KeyParts): string => `aca_${id}_${secret}`

/** The parts of a key's text, or undefined if it is none. */
export function parseKey(text: string): KeyParts | undefined {
  const [, id, secret] = shape.exec(text) ?? []
  return id !== undefined && secret !== undefined ? { id, secret } : undefined
}

/** What is stored of a secret. It has 256 random bits, so a slow hash would add nothing. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex")

/**
 * Whether a secret belongs to a stored hash. Takes the same time for every answer.
 * @param storedHash Undefined when there is no such key; the comparison is made all the same.
 */
export function secretMatches(secret: string, storedHash: string | undefined): boolean {
  const stored = Buffer.from(storedHash ?? hashSecret(""), "hex")
  return timingSafeEqual(Buffer.from(hashSecret(secret), "hex"), stored) && storedHash !== undefined
}
