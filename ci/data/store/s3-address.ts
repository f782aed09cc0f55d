import type { ClientOptions } from "minio"
import type { Common } from "../../environment/settings/settings.js"
import { S3_ADDRESS } from "../../environment/settings/shapes.js"

/** A place in a bucket, and how to reach it. */
export interface Bucket {
  readonly connection: ClientOptions
  readonly bucket: string
  /** Empty, or with a slash at its end. */
  readonly prefix: string
}

export type S3Settings = Pick<
  Common,
  "BACKUP_S3_ENDPOINT" | "BACKUP_S3_REGION" | "BACKUP_S3_ACCESS_KEY" | "BACKUP_S3_SECRET_KEY"
>

const AMAZON = "https://s3.amazonaws.com"

/**
 * The bucket that `s3://bucket/prefix` means, with the settings' endpoint and keys.
 * @throws when it is none
 */
export function bucketAt(place: string, settings: S3Settings): Bucket {
  const { bucket, prefix = "" } = S3_ADDRESS.exec(place)?.groups ?? {}
  if (bucket === undefined)
    throw new Error("expected BACKUP_STORE to be a folder or s3://bucket/prefix; correct the bucket's name")
  return { connection: connection(settings), bucket, prefix: prefix.replace(/\/*$/, prefix && "/") }
}

function connection(settings: S3Settings): ClientOptions {
  const { hostname, port, protocol } = new URL(settings.BACKUP_S3_ENDPOINT ?? AMAZON)
  return {
    endPoint: hostname,
    ...(port !== "" && { port: Number(port) }),
    useSSL: protocol === "https:",
    region: settings.BACKUP_S3_REGION,
    accessKey: settings.BACKUP_S3_ACCESS_KEY ?? "",
    secretKey: settings.BACKUP_S3_SECRET_KEY ?? "",
    pathStyle: settings.BACKUP_S3_ENDPOINT !== undefined,
  }
}
