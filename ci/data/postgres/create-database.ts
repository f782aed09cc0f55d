import { escapeIdentifier, escapeLiteral, type Client } from "pg"

interface Locale {
  readonly encoding: string
  readonly provider: string
  readonly collate: string
  readonly ctype: string
}

/** Makes an empty database that sorts and compares as another one does. */
export async function createDatabaseLike(client: Client, name: string, model: string): Promise<void> {
  const query = `
    SELECT pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datcollate AS collate, datctype AS ctype
    FROM pg_database WHERE datname = $1`
  const { rows } = await client.query<Locale>(query, [model])
  const options = rows[0] ? localeOptions(rows[0]) : ""
  await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0 ${options}`)
}

/** Of a provider other than the C library, its name differs by version; there the server's own default is taken. */
function localeOptions({ encoding, provider, collate, ctype }: Locale): string {
  const locale = `LC_COLLATE ${escapeLiteral(collate)} LC_CTYPE ${escapeLiteral(ctype)}`
  return `ENCODING ${escapeLiteral(encoding)} ${provider === "c" ? locale : ""}`
}
