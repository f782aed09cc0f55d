import { z } from "zod"
import { restore } from "../../data/restore.js"
import { EXIT } from "../../pipeline/outcome.js"
import { inEnvironment } from "./program.js"
import { withLock } from "./with-lock.js"

/** `npm run restore -- --environment … [--backup <name>] [--result <file>]`, with the settings in SETTINGS. */
await inEnvironment({ backup: z.string().default("latest") }, async (opened) => {
  const { backup } = opened.options
  const restored = await withLock(opened, (context, signal) => restore(context, backup, signal))
  const { name, tables, rows, kept } = restored
  opened.say(`${name} is in place: ${tables} tables, ${rows} rows; the database of before is ${kept}`)
  return { exitCode: EXIT.passed, result: restored }
})
