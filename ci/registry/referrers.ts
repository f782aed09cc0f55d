import { z } from "zod"
import { artifactManifest, putArtifact, type Artifact } from "./artifact.js"
import { Descriptor, digestOf, jsonBytes, MEDIA_TYPE, type Bytes } from "./descriptor.js"
import { RegistryFailure } from "./failure.js"
import { manifest, putManifest } from "./manifests.js"
import type { Repository } from "./repository.js"

const Index = z.looseObject({ manifests: z.array(Descriptor) })

/**
 * Attaches a document to the image of a digest, so that tools that ask for what refers to the image find it. Where the
 * registry keeps no such list, a tag does: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 * @returns the digest of the document's manifest; attaching the same document again changes nothing
 * @throws RegistryFailure when there is no such image
 */
export async function attach(repository: Repository, digest: string, document: Artifact): Promise<string> {
  const image = await manifest(repository, digest)
  if (!image) throw new RegistryFailure(`${repository.reference}: expected the image ${digest}, found none`)
  const subject = { mediaType: image.mediaType, digest, size: image.bytes.length }
  const attached = { ...document, subject }
  const { knowsReferrers } = await putArtifact(repository, attached)
  if (!knowsReferrers) await list(repository, digest, attached)
  return artifactManifest(attached).digest
}

async function list(repository: Repository, digest: string, artifact: Artifact): Promise<void> {
  const tag = digest.replace(":", "-")
  const index = await manifest(repository, tag)
  const others = index ? Index.parse(JSON.parse(Buffer.from(index.bytes).toString())).manifests : []
  const own = entry(artifact)
  if (others.some((other) => other.digest === own.digest)) return
  const bytes = indexOf([...others, own])
  await putManifest(repository, { mediaType: MEDIA_TYPE.index, bytes, digest: digestOf(bytes) }, tag)
}

function entry(artifact: Artifact) {
  const { mediaType, digest, bytes } = artifactManifest(artifact)
  return { mediaType, digest, size: bytes.length, artifactType: artifact.type }
}

function indexOf(manifests: readonly Descriptor[]): Bytes {
  return jsonBytes({ schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests })
}
