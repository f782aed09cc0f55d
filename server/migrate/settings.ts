const defaultLockTimeout = 600_000
const longestTimer = 2_147_483_647

/**
 * The address of the database to migrate, from `DATABASE_URL`. It has to lead to PostgreSQL itself or to a pooler in session mode:
 * the lock around a migration belongs to the session.
 *
 * @throws when it is missing, empty or no PostgreSQL URL; the message never has its value
 */
export function databaseUrl(environment: NodeJS.ProcessEnv): string {
  const url = environment["DATABASE_URL"] ?? ""
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return url
  const received = url === "" ? "nothing" : "a value of another form (not shown, it may hold a password)"
  throw new Error(
    `expected DATABASE_URL to be postgresql://user:password@host:port/database, received ${received}. ` +
      "Set it in the environment or in .env at the root of the repository; characters such as @ or / in the password are written as %40 or %2F.",
  )
}

/**
 * How long a migration waits for another one to end, in milliseconds, from `MIGRATE_LOCK_TIMEOUT_MS`. Default 600000 (10 minutes).
 *
 * @throws when it is no whole number from 0 to 2147483647
 */
export function lockTimeout(environment: NodeJS.ProcessEnv): number {
  const text = environment["MIGRATE_LOCK_TIMEOUT_MS"] ?? ""
  if (text === "") return defaultLockTimeout
  if (/^\d{1,10}$/.test(text) && Number(text) <= longestTimer) return Number(text)
  throw new Error(
    `expected MIGRATE_LOCK_TIMEOUT_MS to be a whole number of milliseconds from 0 to ${longestTimer}, received "${text}". ` +
      `Correct it, or unset it for the default of ${defaultLockTimeout}.`,
  )
}
