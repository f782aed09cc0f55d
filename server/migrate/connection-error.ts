import { place } from "./place.js"

/**
 * Says in words why a database cannot be used. An error of another kind comes back as it is.
 *
 * @param url the address that was tried; its password is left out of the message
 */
export function connectionError(error: Error, url: string): Error {
  const { server, database, user } = place(url)
  const message = explanation(error, { server, database, user })
  return message === undefined ? error : new Error(message, { cause: error })
}

function explanation(error: Error, { server, database, user }: ReturnType<typeof place>): string | undefined {
  const code = "code" in error ? String(error.code) : ""
  const received = error.message || code
  switch (code) {
    case "3D000":
      return `expected a database "${database}" at ${server}, received: ${received}. Create it first (createdb ${database}); a migration does not make its database.`
    case "28P01":
    case "28000":
      return `expected ${server} to accept the role "${user}", received: ${received}. Correct user and password in DATABASE_URL.`
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ENOENT":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "ETIMEDOUT":
      return unreachable(server, received)
    default:
      return error.message.includes("timeout") && code === ""
        ? unreachable(server, "no answer within 5 s")
        : undefined
  }
}

function unreachable(server: string, received: string): string {
  return `expected a PostgreSQL server at ${server}, received: ${received}. Start it, or correct host and port in DATABASE_URL.`
}
