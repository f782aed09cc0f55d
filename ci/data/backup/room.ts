import { statfs } from "node:fs/promises"
import { connected } from "../postgres/connection.js"

/** A copy is written twice, into its files and into the log, which grows by segments of 16 MB. */
const COPIES = 2
const SPARE_BYTES = 64 * 2 ** 20

/**
 * A copy within the server fills the disk of what serves, which could then write nothing any more, and might end.
 * @param url of the database that is to be copied, in a server on this machine
 * @throws saying how much room is needed, before anything is written
 */
export async function expectRoom(url: string): Promise<void> {
  const { folder, bytes } = await connected(url, async (client) => {
    const query =
      "SELECT current_setting('data_directory') AS folder, pg_database_size(current_database()) AS bytes"
    const { rows } = await client.query<{ folder: string; bytes: string }>(query)
    return rows[0] ?? { folder: "", bytes: "0" }
  })
  const disk = await statfs(folder)
  const [free, needed] = [disk.bavail * disk.bsize, COPIES * Number(bytes) + SPARE_BYTES]
  if (free >= needed) return
  throw new Error(
    `expected ${megabytes(needed)} free in ${folder} for a copy of the database, found ${megabytes(free)}; make room, or install a pg_dump that fits`,
  )
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MB`
