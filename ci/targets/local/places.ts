import { join, resolve } from "node:path"
import { databaseFolder } from "./database-folder.js"

/** Everything that a deploy to `local` keeps is in this folder of the checkout. */
export const STATE_FOLDER = ".local"

/** Where things are in the folder of the state; absolute. */
export interface Places {
  readonly folder: string
  readonly database: string
  readonly releases: string
  readonly logs: string
  /** Where the daemon listens, and the word that it wants to hear. */
  readonly address: string
}

/** @param folder of the state; another one is another environment, with a daemon of its own */
export function placesIn(folder: string = STATE_FOLDER): Places {
  const base = resolve(folder)
  return {
    folder: base,
    database: databaseFolder(base),
    releases: join(base, "releases"),
    logs: join(base, "logs"),
    address: join(base, "daemon.json"),
  }
}
