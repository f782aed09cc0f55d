import { createHash } from "node:crypto"
import { z } from "zod"

/** Media types of the OCI image specification, and Docker's own for the same. */
export const MEDIA_TYPE = {
  manifest: "application/vnd.oci.image.manifest.v1+json",
  index: "application/vnd.oci.image.index.v1+json",
  empty: "application/vnd.oci.empty.v1+json",
  dockerManifest: "application/vnd.docker.distribution.manifest.v2+json",
  dockerIndex: "application/vnd.docker.distribution.manifest.list.v2+json",
} as const

/** `sha256:` and 64 hexadecimal digits. */
export const Digest = z.string().regex(/^sha256:[a-f\d]{64}$/)

/** Names bytes in a registry: https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export const Descriptor = z.looseObject({
  mediaType: z.string(),
  digest: Digest,
  /** In bytes. */
  size: z.int().nonnegative(),
})
export type Descriptor = z.infer<typeof Descriptor>

export type Bytes = Uint8Array<ArrayBuffer>

/** The digest of bytes. */
export function digestOf(bytes: Bytes): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`
}

/** A value as JSON, in bytes; the same value gives the same bytes. */
export function jsonBytes(value: unknown): Bytes {
  return new TextEncoder().encode(JSON.stringify(value))
}

/** The descriptor of bytes. */
export function describeBytes(mediaType: string, bytes: Bytes) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length }
}
