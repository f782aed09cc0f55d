import { backupName } from "./backup/names.js"
import { dumpBackup } from "./backup/dump-backup.js"
import { fittingPrograms, howToGetPrograms } from "./backup/programs.js"
import { copyBackup } from "./backup/template-copy.js"
import type { DataContext } from "./context.js"
import { databaseName } from "./postgres/address.js"
import { storeOf } from "./store/of-settings.js"

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
  const { settings, target, label = "manual" } = context
  const name = backupName({ environment: settings.environment, time: new Date(), label })
  const programs = await fittingPrograms(context)
  const backup =
    typeof programs === "string"
      ? await withoutPrograms(context, { name, reason: programs }, signal)
      : await dumpBackup({ context, name, programs, store: storeOf(settings, target.name) }, signal)
  return { ...backup, seconds: (performance.now() - began) / 1000 }
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
