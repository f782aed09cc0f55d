import { backupName } from "./backup/names.js"
import { fittingPrograms, howToGetPrograms, type FittingPrograms } from "./backup/programs.js"
import { copyBackup } from "./backup/template-copy.js"
import type { DataContext } from "./context.js"
import { databaseName } from "./postgres/address.js"

/** A backup that was made. */
export interface Backup {
  readonly name: string
  /** Where it is, for people. */
  readonly location: string
  /** Of the file, or of the copied database on disk. */
  readonly bytes: number
  readonly tables: number
  readonly rows: number
  readonly encrypted: boolean
  /** How long it took, proof included. */
  readonly seconds: number
  readonly kind: "dump" | "template copy"
  /** Why it could not be restored and counted; absent when it was. */
  readonly notProved?: string
}

/**
 * Backs the environment's database up and proves it: a dump is restored into a scratch database of the same server and
 * counted. On `local` without a pg_dump that fits, the database is copied within its server, which ends all sessions in
 * it: see `beside` of the context.
 * @throws when there is neither, with what to do; when a backup does not hold what it should, or has no room
 */
export async function backUp(context: DataContext, signal: AbortSignal): Promise<Backup> {
  const began = performance.now()
  const { settings, label = "manual" } = context
  const name = backupName({ environment: settings.environment, time: new Date(), label })
  const programs = await fittingPrograms(context)
  const backup =
    typeof programs === "string"
      ? await withoutPrograms(context, { name, reason: programs }, signal)
      : await withPrograms(context, { name, programs }, signal)
  return { ...backup, seconds: (performance.now() - began) / 1000 }
}

interface WithPrograms {
  readonly name: string
  readonly programs: FittingPrograms
}

async function withPrograms(context: DataContext, { name, programs }: WithPrograms, signal: AbortSignal) {
  // With them come the client of S3 and encryption, for which a copy within the server need not wait.
  const { dumpBackup } = await import("./backup/dump-backup.js")
  const { storeOf } = await import("./store/of-settings.js")
  const store = storeOf(context.settings, context.target.name)
  return dumpBackup({ context, name, programs, store }, signal)
}

interface WithoutPrograms {
  readonly name: string
  readonly reason: string
}

function withoutPrograms(context: DataContext, { name, reason }: WithoutPrograms, signal: AbortSignal) {
  if (context.target.name !== "local")
    throw new Error(
      `expected a pg_dump for a backup, but ${reason}; ${howToGetPrograms(context.target.name)}`,
    )
  const database = databaseName(context.target.databaseUrl)
  context.say(
    `${reason}: the database ${database} is copied within its server instead, and is lost with that server`,
  )
  return copyBackup(context, name, signal)
}
