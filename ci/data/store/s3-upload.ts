import { createHash } from "node:crypto"
import { addAbortSignal, type Readable } from "node:stream"
import type { Client } from "minio"

/** A part is held in memory; S3 takes 10,000 of them, so that a dump can have 320 GB. */
const PART_BYTES = 32 * 1024 * 1024

/** Where an upload goes. */
interface Destination {
  readonly client: Client
  readonly bucket: string
  readonly key: string
}

/**
 * Uploads a stream in parts, as an object that appears when the stream has ended well. The client's own upload of a
 * stream waits for ever for one that fails (minio 8.0.7 does not hear its errors).
 */
export async function upload(to: Destination, content: Readable, signal: AbortSignal): Promise<void> {
  const { client, bucket, key } = to
  const id = await client.initiateNewMultipartUpload(bucket, key, {})
  try {
    const parts: { part: number; etag: string }[] = []
    for await (const part of partsOf(addAbortSignal(signal, content)))
      parts.push(await uploadPart(to, { id, number: parts.length + 1, part }))
    signal.throwIfAborted()
    await client.completeMultipartUpload(bucket, key, id, parts)
  } catch (error) {
    content.destroy()
    await client.abortMultipartUpload(bucket, key, id).catch(() => undefined)
    signal.throwIfAborted()
    throw error
  }
}

interface Part {
  readonly id: string
  readonly number: number
  readonly part: Buffer
}

async function uploadPart({ client, bucket, key }: Destination, { id, number, part }: Part) {
  const headers = { "Content-MD5": createHash("md5").update(part).digest("base64") }
  const place = { bucketName: bucket, objectName: key, uploadID: id, partNumber: number }
  const { etag } = await client.uploadPart({ ...place, headers }, part)
  return { part: number, etag }
}

async function* partsOf(content: Readable): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes < PART_BYTES) continue
    yield Buffer.concat(chunks)
    chunks = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(chunks)
}
