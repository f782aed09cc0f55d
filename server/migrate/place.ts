/** Where a database is, in words that are safe to print. */
export interface Place {
  /** `host:port`, or the folder of a Unix-domain socket. */
  server: string
  /** The database's name. */
  database: string
  /** The role's name; empty when the URL has none. */
  user: string
}

/** The place that a PostgreSQL URL names, without its password. */
export function place(databaseUrl: string): Place {
  const url = new URL(databaseUrl)
  const user = decodeURIComponent(url.username)
  const host = url.searchParams.get("host") ?? `${url.hostname || "localhost"}:${url.port || "5432"}`
  return { server: host, user, database: decodeURIComponent(url.pathname.slice(1)) || user }
}
