import { putBlob } from "./blobs.js"
import { describeBytes, digestOf, jsonBytes, MEDIA_TYPE, type Bytes, type Descriptor } from "./descriptor.js"
import { putManifest, type Manifest } from "./manifests.js"
import type { Repository } from "./repository.js"

/** One document that is kept in a registry beside the images. */
export interface Artifact {
  /** The media type of the document, and the artifact's own. */
  readonly type: string
  readonly document: Bytes
  /** The manifest that it says something about. */
  readonly subject?: Descriptor
}

const EMPTY = jsonBytes({})

/**
 * The manifest of an artifact; the same artifact has the same bytes:
 * https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage
 */
export function artifactManifest({ type, document, subject }: Artifact): Manifest {
  const bytes = jsonBytes({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    artifactType: type,
    config: describeBytes(MEDIA_TYPE.empty, EMPTY),
    layers: [describeBytes(type, document)],
    ...(subject && { subject }),
  })
  return { mediaType: MEDIA_TYPE.manifest, bytes, digest: digestOf(bytes) }
}

/**
 * Puts an artifact into a repository, under a tag or by its digest alone.
 * @returns whether the registry keeps what refers to a subject by itself
 */
export async function putArtifact(
  repository: Repository,
  artifact: Artifact,
  tag?: string,
): Promise<{ knowsReferrers: boolean }> {
  await putBlob(repository, EMPTY)
  await putBlob(repository, artifact.document)
  return putManifest(repository, artifactManifest(artifact), tag)
}
