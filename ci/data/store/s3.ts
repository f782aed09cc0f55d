import { Client } from "minio"
import type { Bucket } from "./s3-address.js"
import { upload } from "./s3-upload.js"
import type { Store } from "./store.js"

/** A store in a bucket of S3 or of a service that speaks like it. An object appears there only when it is whole. */
export function s3Store({ connection, bucket, prefix }: Bucket): Store {
  const client = new Client(connection)
  const key = (file: string) => prefix + file
  const files = (items: readonly { name?: string; key?: string }[]) =>
    items.flatMap(({ name, key: own = name }) => (own?.startsWith(prefix) ? [own.slice(prefix.length)] : []))
  return {
    location: (file) => `s3://${bucket}/${key(file)}`,
    list: async () => files(await items(client.listObjectsV2(bucket, prefix))),
    put: (file, content, signal) => upload({ client, bucket, key: key(file) }, content, signal),
    get: (file) => client.getObject(bucket, key(file)),
    remove: (file) => client.removeObject(bucket, key(file)),
    unfinished: async () =>
      files((await client.listIncompleteUploadsQuery(bucket, prefix, "", "", "")).uploads),
    removeUnfinished: (file) => client.removeIncompleteUpload(bucket, key(file)),
  }
}

async function items<Item>(stream: AsyncIterable<unknown>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of stream) found.push(item as Item)
  return found
}
