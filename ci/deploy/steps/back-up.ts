import { backUp, type Backup } from "../../data/backup.js"
import { shortRevision } from "../../release/deployable.js"
import type { Work } from "../work.js"

/** Backs the environment's database up, before anything is done to it. */
export async function backUpFirst(work: Work, signal: AbortSignal): Promise<string> {
  const { settings, target, order, lock, say } = work
  const backup = await backUp(
    {
      ...{ settings, target, say },
      databaseUrlForServer: "DATABASE_URL" in settings ? settings.DATABASE_URL : target.databaseUrl,
      label: shortRevision(order.release).replace("+", "-"),
      beside: (action) => lock.beside(action),
    },
    signal,
  )
  return words(backup)
}

function words({ name, kind, tables, rows, notProved }: Backup): string {
  const proof = notProved === undefined ? "restored and counted" : `NOT PROVED: ${notProved}`
  return `${name}, a ${kind}: ${tables} tables, ${rows} rows, ${proof}`
}
