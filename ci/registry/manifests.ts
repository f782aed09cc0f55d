import { Digest, digestOf, MEDIA_TYPE, type Bytes } from "./descriptor.js"
import { RegistryFailure } from "./failure.js"
import { persistently } from "./persistence.js"
import type { Repository } from "./repository.js"

/** A manifest or an index as the registry has it, byte by byte. */
export interface Manifest {
  readonly mediaType: string
  readonly bytes: Bytes
  readonly digest: string
}

const { manifest: oci, index, dockerManifest, dockerIndex } = MEDIA_TYPE
const ACCEPTED = { accept: [oci, index, dockerManifest, dockerIndex].join(", ") }

/**
 * A manifest by tag or digest; `undefined` when there is none, or no such repository.
 * @throws RegistryFailure also when what came is not what its digest says
 */
export async function manifest(repository: Repository, reference: string): Promise<Manifest | undefined> {
  const call = {
    method: "GET",
    path: `manifests/${reference}`,
    headers: ACCEPTED,
    expected: [200, 404],
  } as const
  const { status, headers, bytes } = await persistently(() => repository.send(call))
  if (status === 404) return undefined
  const digest = digestOf(bytes)
  const named = [headers.get("docker-content-digest"), reference].filter((text) =>
    text?.startsWith("sha256:"),
  )
  const other = named.find((name) => name !== digest)
  if (other)
    throw new RegistryFailure(`${repository.reference}: expected ${other}, received bytes of ${digest}`)
  return { mediaType: headers.get("content-type")?.split(";")[0] ?? oci, bytes, digest }
}

/** The digest that a tag or digest stands for; `undefined` when there is nothing. */
export async function digestAt(repository: Repository, reference: string): Promise<string | undefined> {
  const call = {
    method: "HEAD",
    path: `manifests/${reference}`,
    headers: ACCEPTED,
    expected: [200, 404],
  } as const
  const { status, headers } = await persistently(() => repository.send(call))
  if (status === 404) return undefined
  const named = Digest.safeParse(headers.get("docker-content-digest"))
  // Not every registry names it.
  return named.success ? named.data : (await manifest(repository, reference))?.digest
}

/**
 * Puts a manifest, its bytes unchanged, so that its digest stays.
 * @param tag the digest itself for a manifest without a tag
 * @returns whether the registry keeps what refers to a subject by itself (its answer names the subject)
 */
export async function putManifest(
  repository: Repository,
  { mediaType, bytes, digest }: Manifest,
  tag: string = digest,
): Promise<{ knowsReferrers: boolean }> {
  const headers = { "content-type": mediaType }
  const call = { method: "PUT", path: `manifests/${tag}`, headers, body: bytes, expected: [201] } as const
  const answer = await persistently(() => repository.send(call))
  return { knowsReferrers: answer.headers.has("oci-subject") }
}
