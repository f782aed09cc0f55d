import { resolve } from "node:path"
import type { Common } from "../../environment/settings/settings.js"
import { folderStore } from "./folder.js"
import { s3Store } from "./s3.js"
import { bucketAt, type S3Settings } from "./s3-address.js"
import type { Store } from "./store.js"

const LOCAL_FOLDER = ".local/backups"

type StoreSettings = Pick<Common, "BACKUP_STORE"> & S3Settings

/**
 * The store that an environment's settings name.
 * @throws when they name none and the target is not `local`
 */
export function storeOf(settings: StoreSettings, target: string): Store {
  const place = settings.BACKUP_STORE ?? (target === "local" ? LOCAL_FOLDER : undefined)
  if (place === undefined)
    throw new Error(
      "expected BACKUP_STORE in the settings, found none; set it to a folder or to s3://bucket/prefix",
    )
  return storeAt(place, settings)
}

/** The store at a folder or `s3://bucket/prefix`. */
export function storeAt(place: string, settings: S3Settings): Store {
  return place.startsWith("s3://") ? s3Store(bucketAt(place, settings)) : folderStore(resolve(place))
}
