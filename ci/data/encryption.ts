import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"
import { Decrypter, Encrypter, identityToRecipient } from "age-encryption"

type Bytes = globalThis.ReadableStream<Uint8Array>

/**
 * A stream, encrypted for an age identity (https://age-encryption.org/v1); the program `age` can read it, too.
 * @param identity `AGE-SECRET-KEY-1…`
 */
export async function encrypted(content: Readable, identity: string): Promise<Readable> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  return fromWeb(await encrypter.encrypt(toWeb(content)))
}

/**
 * The content of an encrypted stream. The stream fails when it is cut off or was changed.
 * @throws when it was encrypted for another key
 */
export async function decrypted(content: Readable, identity: string): Promise<Readable> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return fromWeb(await decrypter.decrypt(toWeb(content)).catch(refused))
}

function refused(cause: unknown): never {
  const received = cause instanceof Error ? cause.message : String(cause)
  throw new Error(
    `expected a backup that BACKUP_KEY can decrypt, found none (${received}); set BACKUP_KEY to the key with which it was made, or take another backup`,
    { cause },
  )
}

const toWeb = (stream: Readable) => Readable.toWeb(stream) as Bytes
const fromWeb = (stream: Bytes) => Readable.fromWeb(stream as ReadableStream<Uint8Array>)
