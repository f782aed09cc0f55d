import { z } from "zod"
import { sanitize } from "../../data/sanitize.js"
import { EXIT } from "../../pipeline/outcome.js"
import { expectLastingPlace } from "./place.js"
import { BY } from "./caller.js"
import { inEnvironment } from "./program.js"
import { withLock } from "./with-lock.js"

/** `npm run sanitize -- --environment … --to <place> [--backup <name>] [--by …] [--result <file>]`, with the settings in SETTINGS. */
await inEnvironment(
  { ...BY, backup: z.string().default("latest"), to: z.string("<place>") },
  async (opened) => {
    const { backup: from, to } = opened.options
    expectLastingPlace(to)
    const sanitized = await withLock(opened, (context, signal) => sanitize(context, { from, to }, signal))
    const { name, location, tables, rows } = sanitized
    opened.say(`${name} at ${location}: ${tables} tables, ${rows} rows, without what is personal`)
    return { exitCode: EXIT.passed, result: sanitized }
  },
)
