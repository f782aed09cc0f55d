import { Digest } from "./descriptor.js"

/** What was given is no reference of an image with a digest; the message says what was expected. */
export class ImageReferenceError extends Error {}

/**
 * The digest in an image's reference. A tag before the digest says nothing that the digest doesn't.
 * @param repository the reference of the repository that the image has to be in
 * @throws ImageReferenceError
 * @example digestIn("127.0.0.1:5000/agent-backend", "127.0.0.1:5000/agent-backend@sha256:…")
 */
export function digestIn(repository: string, reference: string): string {
  const [name = "", digest] = reference.split("@")
  const untagged = name.replace(/:[^:/]+$/, "")
  if (untagged === repository && Digest.safeParse(digest).success && digest !== undefined) return digest
  throw new ImageReferenceError(
    `expected ${repository}@sha256:<64 hexadecimal digits>, received ${reference}`,
  )
}
