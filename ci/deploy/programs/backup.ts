import { backUp } from "../../data/backup.js"
import { EXIT } from "../../pipeline/outcome.js"
import { backupText } from "../steps/back-up.js"
import { BY } from "./caller.js"
import { inEnvironment } from "./program.js"
import { withLock } from "./with-lock.js"

/** `npm run backup -- --environment … [--by …] [--result <file>]`, with the settings in SETTINGS. */
await inEnvironment(BY, async (opened) => {
  const backup = await withLock(opened, backUp)
  opened.say(`${backupText(backup)}\nat ${backup.location}`)
  return { exitCode: EXIT.passed, result: backup }
})
