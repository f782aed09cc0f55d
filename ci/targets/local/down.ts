import { connectTo } from "./control/connection.js"
import { placesIn, STATE_FOLDER } from "./places.js"

/**
 * Ends what a deploy to `local` runs on this machine, and returns when it is gone. The data stays.
 * @param folder of the state
 * @returns whether there was something
 */
export async function localDown(folder = STATE_FOLDER): Promise<boolean> {
  const connection = await connectTo(placesIn(folder).address, true)
  if (!connection) return false
  const closed = connection.closed()
  await connection.call("down", {})
  await closed
  return true
}
