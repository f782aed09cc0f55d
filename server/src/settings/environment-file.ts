import { join } from "node:path"
import { config } from "dotenv"

/**
 * Adds the settings of the root's `.env`, if there is one, to `process.env`; what is set already stays.
 * `DOTENV_CONFIG_PATH`, dotenv's own variable, names another file.
 */
export function loadEnvironmentFile() {
  const path = process.env.DOTENV_CONFIG_PATH ?? join(import.meta.dirname, "../../../.env")
  config({ path, quiet: true })
}
