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
 * Whether all that `pg_restore` complains of does no harm to data: a newer one sets what an older server does not know, an
 * extension and its comment belong to a superuser, and rights were given to a role that is of another server. What needs a
 * missing extension complains by itself. A message that does not have all of its complaints is not known to be harmless.
 */
export function isHarmless(message: string): boolean {
  const [, ...complaints] = message.split(/^.*\berror:/m)
  const isWhole =
    complaints.length > 0 &&
    complaints.length === Number(/errors ignored on restore: (\d+)/.exec(message)?.[1] ?? 0)
  return isWhole && complaints.every((text) => HARMLESS.some((one) => one.test(text)))
}

/** What a server refused while a dump was restored, each once. */
export const refusedIn = (message: string) => [
  ...new Set([...message.matchAll(/\bERROR:\s+(.+)/g)].map(([, words = ""]) => words)),
]

const HARMLESS = [
  /unrecognized configuration parameter "transaction_timeout"/,
  /must be owner of extension/,
  /permission denied to create extension/,
  /extension "[^"]*" does not exist[^]*Command was: COMMENT ON EXTENSION/,
  /role "[^"]*" does not exist[^]*Command was: (GRANT|REVOKE|ALTER DEFAULT PRIVILEGES)/,
]
