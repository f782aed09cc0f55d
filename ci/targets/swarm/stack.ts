import { graceSeconds } from "../../environment/settings/step-seconds.js"
import type { SwarmSettings } from "../../environment/settings/settings.js"
import { removeOneOffs } from "./one-off.js"
import { openPlace } from "./open-place.js"
import { removeColour } from "./remove.js"
import { removeServices } from "./remove-services.js"
import { servicesWith } from "./services.js"
import type { SwarmPlace } from "./swarm-place.js"
import { removeWhenFree } from "./when-free.js"

/**
 * Ends everything of an environment in its swarm and removes it, except for the volume that says which colour served.
 * The database is not touched.
 */
export async function removeStack(settings: SwarmSettings): Promise<void> {
  const { place, connection } = await openPlace(settings)
  try {
    await remove(place)
  } finally {
    await connection.close()
  }
}

async function remove(place: SwarmPlace): Promise<void> {
  const grace = AbortSignal.timeout(graceSeconds(place.settings) * 1000)
  await Promise.all([removeColour(place, "blue", grace), removeColour(place, "green", grace)])
  await removeOneOffs(place)
  await removeServices(place, await servicesWith(place), grace)
  for (const kind of ["secret", "config"] as const) await removeWhenFree(place, kind)
  await removeWhenFree(place, "network")
}
