import type { SwarmSettings } from "../../environment/settings/settings.js"
import { openPlace } from "./open-place.js"
import { removeColour } from "./remove.js"
import { graceSeconds } from "./service-arguments.js"
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
  const { docker, settings } = place
  const grace = AbortSignal.timeout(graceSeconds(settings) * 1000)
  await Promise.all([removeColour(place, "blue", grace), removeColour(place, "green", grace)])
  const services = await servicesWith(place)
  if (services.length > 0) await docker(["service", "rm", ...services])
  for (const kind of ["secret", "config"] as const) await removeWhenFree(place, kind)
  await removeWhenFree(place, "network")
}
