import { readdir } from "node:fs/promises"
import { join } from "node:path"

/** Where every run leaves its log files, in the checkout and ignored by git. */
export const RUNS_FOLDER = ".runs"

/**
 * The folder of the newest run on this machine whose stages have ended.
 * @throws when there is none
 */
export async function newestRun(): Promise<string> {
  const names = await readdir(RUNS_FOLDER).catch(() => [])
  for (const name of names
    .filter((each) => /^\d{4}-/.test(each))
    .sort()
    .reverse()) {
    const files = await readdir(join(RUNS_FOLDER, name))
    if (files.some((file) => file.endsWith(".exit"))) return join(RUNS_FOLDER, name)
  }
  throw new Error(`expected a run in ${RUNS_FOLDER}, found none; npm run ci -- check makes one`)
}
