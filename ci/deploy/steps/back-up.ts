import { backUp, type Backup } from "../../data/backup.js"
import { shortRevision } from "../../release/deployable.js"
import { dataContext } from "../data-context.js"
import type { Work } from "../work.js"

/** Backs the environment's database up, before anything is done to it. */
export async function backUpFirst(work: Work, signal: AbortSignal): Promise<string> {
  const label = shortRevision(work.order.release).replace("+", "-")
  return backupText(await backUp({ ...dataContext(work), label }, signal))
}

/** What a backup came to, for people. */
export function backupText({ name, kind, tables, rows, encrypted, notProved }: Backup): string {
  const proof = notProved === undefined ? "restored and counted" : `NOT PROVED: ${notProved}`
  const what = `${encrypted ? "an encrypted" : "a"} ${kind}`
  return `${name}, ${what}: ${tables} tables, ${rows} rows, ${proof}`
}
