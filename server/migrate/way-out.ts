import { writeSync } from "node:fs"

let names: readonly string[] = []
let registered = false

/**
 * Has the way out of failed migrations printed on stderr when this process ends with an error, below what Prisma itself says.
 *
 * @param failed the names of the failed migrations; a later call replaces those of an earlier one
 */
export function tellWayOut(failed: readonly string[]): void {
  names = failed
  if (registered) return
  registered = true
  process.on("exit", (code) => {
    if (code !== 0 && names.length > 0) writeSync(2, wayOut(names))
  })
}

/** The way out of failed migrations, for a person who is meeting it for the first time. It needs no network but the database. */
export function wayOut(failed: readonly string[]): string {
  const commands = failed.map((name) => `       npx prisma migrate resolve --rolled-back ${name}`)
  return `
The migration ${failed.join(", ")} has failed. It was taken back as a whole: the database is as it was before, and the version
that serves goes on with it. Until the failure is marked as rolled back, no migration is applied. The way out, in the folder
server and with the same DATABASE_URL:

  1. Mark it as rolled back:
${commands.join("\n")}
  2. Correct its migration.sql, or the rows that stopped it.
  3. Apply it again:
       npx prisma migrate deploy

Look at the database before step 3 only if the script has a COMMIT of its own, or is a single statement that no transaction can
hold: a CREATE INDEX CONCURRENTLY that fails leaves an invalid index, which has to be dropped first.
`
}
