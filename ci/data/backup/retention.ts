import { parseBackupName } from "./names.js"

const DAY_MS = 86_400_000

/** Which backups stay; one stays when either says so. */
export interface Keeping {
  /** The newest this many. */
  readonly keep: number
  /** Those no older than this many days. */
  readonly days: number
  readonly now: Date
}

/**
 * Which of one environment's backups have had their time, oldest first.
 * @param names of one environment; one that is no backup's name never expires
 */
export function expired(names: readonly string[], { keep, days, now }: Keeping): string[] {
  const dated = names.flatMap((name) => {
    const time = parseBackupName(name)?.time.getTime()
    return time === undefined ? [] : [{ name, time }]
  })
  const oldest = dated.sort((a, b) => a.time - b.time)
  const beyond = oldest.slice(0, Math.max(0, oldest.length - keep))
  return beyond.filter(({ time }) => now.getTime() - time > days * DAY_MS).map(({ name }) => name)
}
