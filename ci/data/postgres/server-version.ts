import { connected } from "./connection.js"

/** The major version of the server behind a URL, such as 17. */
export function serverMajor(url: string): Promise<number> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version_num') AS version",
    )
    return Math.floor(Number(rows[0]?.version) / 10_000)
  })
}
