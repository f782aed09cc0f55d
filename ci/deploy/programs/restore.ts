import { z } from "zod"
import { restore } from "../../data/restore.js"
import { misfits } from "../after-restore.js"
import { EXIT } from "../../pipeline/outcome.js"
import { BY } from "./caller.js"
import { inEnvironment } from "./program.js"
import { withLock } from "./with-lock.js"

/**
 * `npm run restore -- --environment … [--backup <name>] [--by …] [--result <file>]`, with the settings in SETTINGS. Exit code 4 when it
 * is in place and what serves can't live with it.
 */
await inEnvironment({ ...BY, backup: z.string().default("latest") }, async (opened) => {
  const { backup } = opened.options
  const restored = await withLock(opened, (context, signal) => restore(context, backup, signal))
  const { name, tables, rows, kept } = restored
  opened.say(`${name} is in place: ${tables} tables, ${rows} rows; the database of before is ${kept}`)
  const { target, settings, say } = opened
  const [{ databaseUrl }, { environment }] = [target, settings]
  // It is in place: nothing from here on makes that a failure.
  const problems = await target
    .serving()
    .then((serving) => misfits({ databaseUrl, environment, serving }))
    .catch((error: unknown) => [`whether what serves can live with it is not known: ${String(error)}`])
  problems.forEach(say)
  return {
    exitCode: problems.length > 0 ? EXIT.person : EXIT.passed,
    result: { ...restored, problems },
  }
})
