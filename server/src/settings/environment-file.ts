import { join } from "node:path"
import { config } from "dotenv"

/** Adds the settings of the root's `.env`, if there is one, to `process.env`; what is set already stays. */
export function loadEnvironmentFile() {
  config({ path: join(import.meta.dirname, "../../../.env"), quiet: true })
}
