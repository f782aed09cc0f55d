/** How long `pg_dump` waits for a table that somebody has locked. */
const LOCK_WAIT_MS = 60_000

/** Arguments of `pg_dump`. Where the database is, is no part of them. */
export function dumpArguments(snapshot: string): string[] {
  return ["--format=custom", `--snapshot=${snapshot}`, `--lock-wait-timeout=${LOCK_WAIT_MS}`, "--no-password"]
}

/** Arguments of `pg_restore`. Objects belong to the account that restores; rights of others are kept only if asked for. */
export function restoreArguments(rights: "with rights" | "without rights"): string[] {
  const privileges = rights === "without rights" ? ["--no-privileges"] : []
  return ["--format=custom", "--no-owner", ...privileges, "--no-password"]
}

/**
 * Whether all that `pg_restore` complains of does no harm: a newer one sets what an older server does not know, and the
 * comment of an extension belongs to a superuser.
 */
export function isHarmless(message: string): boolean {
  const complaints = message.split("\n").filter((line) => line.includes("error:"))
  return complaints.length > 0 && complaints.every((line) => HARMLESS.test(line))
}

const HARMLESS = /unrecognized configuration parameter "transaction_timeout"|must be owner of extension/
