/** What a backup's name says: `<environment>-<time in UTC>-<label>`, `staging-20261125T074500123Z-1a2b3c4d5e6f`. */
export interface BackupName {
  readonly environment: string
  readonly time: Date
  /** A short commit, or `manual`. */
  readonly label: string
}

/** What the name of a sanitized copy begins with; that of its backup follows. */
export const SANITIZED = "sanitized-"

const NAME = /^(?<environment>.+)-(?<time>\d{8}T\d{9}Z)-(?<label>[\w+.]+)$/

/** The name of a backup. Names of one environment sort by time. */
export function backupName({ environment, time, label }: BackupName): string {
  return `${environment}-${time.toISOString().replace(/[-:.]/g, "")}-${label.replace(/[^\w+.]/g, "_")}`
}

/** What a name says; undefined when it is no backup's. */
export function parseBackupName(name: string): BackupName | undefined {
  const { environment = "", time = "", label = "" } = NAME.exec(name)?.groups ?? {}
  const iso = time.replace(/^(....)(..)(..)T(..)(..)(..)(...)Z$/, "$1-$2-$3T$4:$5:$6.$7Z")
  const parsed = new Date(iso)
  return environment !== "" && !Number.isNaN(parsed.getTime())
    ? { environment, time: parsed, label }
    : undefined
}

/** Those of an environment among names, oldest first. Every other name is left out. */
export function namesOf(environment: string, names: readonly string[]): string[] {
  const own = names.filter((name) => parseBackupName(name)?.environment === environment)
  return own.sort((a, b) => (a < b ? -1 : 1))
}
