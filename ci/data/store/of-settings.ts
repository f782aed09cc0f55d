import { resolve } from "node:path"
import type { Common } from "../../environment/settings/settings.js"
import { folderStore } from "./folder.js"
import type { Store } from "./store.js"

const LOCAL_FOLDER = ".local/backups"

type StoreSettings = Pick<
  Common,
  "BACKUP_STORE" | "BACKUP_S3_ENDPOINT" | "BACKUP_S3_REGION" | "BACKUP_S3_ACCESS_KEY" | "BACKUP_S3_SECRET_KEY"
>

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
export function storeAt(place: string, settings: StoreSettings): Store {
  return folderStore(resolve(place))
}
