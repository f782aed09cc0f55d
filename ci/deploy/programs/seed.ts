import { seed } from "../../data/seed.js"
import { EXIT } from "../../pipeline/outcome.js"
import { BY } from "./caller.js"
import { inEnvironment } from "./program.js"
import { withLock } from "./with-lock.js"

/** `npm run seed -- --environment … [--by …] [--result <file>]`, with the settings in SETTINGS. */
await inEnvironment(BY, async (opened) => {
  const seeded = await withLock(opened, seed)
  const words = Object.entries(seeded.added).map(([table, rows]) => `${rows} ${table}`)
  opened.say(`added ${words.join(", ")}`)
  return { exitCode: EXIT.passed, result: seeded }
})
