import { digestOf, type Bytes } from "./descriptor.js"
import { RegistryFailure } from "./failure.js"
import { persistently } from "./persistence.js"
import type { Repository } from "./repository.js"

/** Whether a repository has the bytes of a digest. */
export async function hasBlob(repository: Repository, digest: string): Promise<boolean> {
  const call = { method: "HEAD", path: `blobs/${digest}`, expected: [200, 404] } as const
  return (await persistently(() => repository.send(call))).status === 200
}

/**
 * The bytes of a digest.
 * @throws RegistryFailure when they are not there, or are others
 */
export async function blob(repository: Repository, digest: string): Promise<Bytes> {
  const call = { method: "GET", path: `blobs/${digest}`, expected: [200] } as const
  const { bytes } = await persistently(() => repository.send(call))
  const received = digestOf(bytes)
  if (received === digest) return bytes
  throw new RegistryFailure(`${repository.reference}: expected ${digest}, received bytes of ${received}`)
}

/** Uploads bytes that the repository does not have yet. */
export async function putBlob(repository: Repository, bytes: Bytes): Promise<void> {
  const digest = digestOf(bytes)
  if (await hasBlob(repository, digest)) return
  // Tried again from its start: an upload that broke off can be gone.
  await persistently(async () => upload(repository, bytes, await uploadPath(repository)))
}

/** Where the registry wants the bytes. Its answer may be relative to where it was asked. */
async function uploadPath(repository: Repository): Promise<string> {
  const { headers } = await repository.send({ method: "POST", path: "blobs/uploads/", expected: [202] })
  const location = headers.get("location")
  if (location !== null) return location
  throw new RegistryFailure(`${repository.reference}: expected a Location to upload to, received none`)
}

async function upload(repository: Repository, bytes: Bytes, location: string): Promise<void> {
  const path = `${location}${location.includes("?") ? "&" : "?"}digest=${digestOf(bytes)}`
  const headers = { "content-type": "application/octet-stream" }
  await repository.send({ method: "PUT", path, headers, body: bytes, expected: [201] })
}
