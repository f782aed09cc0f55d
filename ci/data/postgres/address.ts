/** The name of the database in a `postgresql://` URL. */
export function databaseName(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1))
  if (name === "")
    throw new Error("expected a database's name in the database URL, found none; add it after the port")
  return name
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${encodeURIComponent(name)}` }).href
}

/** The variables with which PostgreSQL's own programs find a database, so that nothing stands among the arguments. */
export function connectionVariables(url: string): Record<string, string> {
  const { hostname, port, username, password, searchParams } = new URL(url)
  const given = {
    PGHOST: hostname.replace(/^\[|\]$/g, "") || searchParams.get("host"),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: databaseName(url),
    PGSSLMODE: searchParams.get("sslmode"),
    PGSSLROOTCERT: searchParams.get("sslrootcert"),
    PGSSLCERT: searchParams.get("sslcert"),
    PGSSLKEY: searchParams.get("sslkey"),
  }
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]))
}
