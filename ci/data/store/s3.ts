import { Client, S3Error } from "minio"
import type { Bucket } from "./s3-address.js"
import { upload } from "./s3-upload.js"
import type { Store } from "./store.js"

/** A store in a bucket of S3 or of a service that speaks like it. An object appears there only when it is whole. */
export function s3Store({ connection, bucket, prefix }: Bucket): Store {
  const client = new Client(connection)
  const key = (file: string) => prefix + file
  const files = (items: readonly { name?: string; key?: string }[]) =>
    items.flatMap(({ name, key: own = name }) => (own?.startsWith(prefix) ? [own.slice(prefix.length)] : []))
  const told = <Result>(answer: Promise<Result>) => answer.catch((error: unknown) => refused(bucket, error))
  const unfinished = () => client.listIncompleteUploadsQuery(bucket, prefix, "", "", "")
  return {
    location: (file) => `s3://${bucket}/${key(file)}`,
    list: async () => files(await told(items(client.listObjectsV2(bucket, prefix)))),
    put: (file, content, signal) => told(upload({ client, bucket, key: key(file) }, content, signal)),
    get: (file) => told(client.getObject(bucket, key(file))),
    remove: (file) => told(client.removeObject(bucket, key(file))),
    unfinished: async () => files((await told(unfinished())).uploads),
    removeUnfinished: (file) => told(client.removeIncompleteUpload(bucket, key(file))),
  }
}

/** What the service or the way to it says; the stream's own errors are somebody else's. */
function refused(bucket: string, error: unknown): never {
  if (!(error instanceof S3Error) && !(error instanceof Error && "syscall" in error)) throw error
  const { message } = error
  throw new Error(
    `expected the bucket ${bucket} to do as asked, received: ${message}; correct BACKUP_STORE or BACKUP_S3_…, or the rights of the key`,
    { cause: error },
  )
}

async function items<Item>(stream: AsyncIterable<unknown>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of stream) found.push(item as Item)
  return found
}
