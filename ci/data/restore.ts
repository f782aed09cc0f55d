import { prepare } from "../environment/database/prepare.js"
import { remark } from "../environment/database/environment.js"
import type { DataContext } from "./context.js"
import { totals, type Counts } from "./counts.js"
import { withDatabase } from "./postgres/address.js"
import { connected } from "./postgres/connection.js"
import { withScratchDatabase } from "./postgres/scratch-database.js"
import { fill, type Filling } from "./restore/fill.js"
import { findBackup, type Found } from "./restore/find.js"
import { originByName, originOf, refusal, type Origin } from "./restore/origin.js"
import { unmarkSanitized } from "./sanitize/mark.js"
import { swap } from "./restore/swap.js"

/** A backup that was put in place. */
export interface Restored {
  readonly name: string
  readonly kind: Found["kind"]
  readonly tables: number
  readonly rows: number
  /** The database of before, in the same server. */
  readonly kept: string
  readonly seconds: number
}

/**
 * Puts a backup in the place of the environment's database. It is restored and checked beside it first, then both are
 * renamed at once, which ends all sessions in it: see `beside` of the context. The old one is kept.
 * @param wanted a backup's name; `latest` for the environment's newest
 * @throws with nothing changed, when there is no such backup, it is damaged or may not come here
 */
export async function restore(context: DataContext, wanted: string, signal: AbortSignal): Promise<Restored> {
  const began = performance.now()
  const found = await findBackup(context, wanted)
  permit(context, originByName(found.name))
  const { databaseUrl } = context.target
  const placed = await withScratchDatabase(databaseUrl, "restore", async (scratch) => {
    const counts = await fill({ context, found, scratch }, signal)
    await adopt({ context, found, scratch })
    signal.throwIfAborted()
    return { counts, kept: await swap(context, scratch.name, new Date()) }
  })
  return restored(context, { found, ...placed, seconds: (performance.now() - began) / 1000 })
}

function permit({ settings }: DataContext, origin: Origin): void {
  const reason = refusal(settings.environment, origin)
  if (reason !== undefined) throw new Error(reason)
}

/** The database itself knows best whose it is; then it becomes this environment's. */
async function adopt({ context, found, scratch }: Filling): Promise<void> {
  await connected(withDatabase(context.target.databaseUrl, scratch.name), async (client) => {
    const origin = await originOf(client)
    permit(context, { ...origin, environment: origin.environment ?? originByName(found.name).environment })
    await prepare(client)
    await remark(client, context.settings.environment)
    // From now on it takes the environment's own data.
    await unmarkSanitized(client)
  })
}

interface Placed {
  readonly found: Found
  readonly counts: Counts
  readonly kept: string
  readonly seconds: number
}

function restored(context: DataContext, { found: { name, kind }, counts, kept, seconds }: Placed): Restored {
  context.say(`the database of before is kept as ${kept}; drop it when it is not needed any more`)
  return { name, kind, ...totals(counts), kept, seconds }
}
