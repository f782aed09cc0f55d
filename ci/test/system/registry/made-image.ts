import { putBlob } from "../../../registry/blobs.js"
import {
  describeBytes,
  digestOf,
  jsonBytes,
  MEDIA_TYPE,
  type Descriptor,
} from "../../../registry/descriptor.js"
import { putManifest } from "../../../registry/manifests.js"
import type { Repository } from "../../../registry/repository.js"

/** Pushes a small image of one platform; what is in it makes its digest. */
export async function madeImage(repository: Repository, content: string): Promise<Descriptor> {
  const config = jsonBytes({ architecture: "amd64", os: "linux", config: {}, rootfs: { content } })
  const layer = new TextEncoder().encode(content)
  for (const bytes of [config, layer]) await putBlob(repository, bytes)
  const bytes = jsonBytes({
    schemaVersion: 2,
    mediaType: MEDIA_TYPE.manifest,
    config: describeBytes("application/vnd.oci.image.config.v1+json", config),
    layers: [describeBytes("application/vnd.oci.image.layer.v1.tar", layer)],
  })
  const described = describeBytes(MEDIA_TYPE.manifest, bytes)
  await putManifest(repository, { ...described, bytes })
  return described
}

/** Pushes an image of two platforms. Its JSON is indented: nobody who copies it may write it anew. */
export async function madeIndex(repository: Repository, content: string): Promise<string> {
  const manifests = [
    { ...(await madeImage(repository, content)), platform: { os: "linux", architecture: "amd64" } },
    { ...(await madeImage(repository, `${content}, arm`)), platform: { os: "linux", architecture: "arm64" } },
  ]
  const index = { schemaVersion: 2, mediaType: MEDIA_TYPE.index, manifests }
  const bytes = new TextEncoder().encode(JSON.stringify(index, undefined, 3))
  await putManifest(repository, { mediaType: MEDIA_TYPE.index, bytes, digest: digestOf(bytes) })
  return digestOf(bytes)
}
