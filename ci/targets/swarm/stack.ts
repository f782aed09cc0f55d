import { deadline } from "../../deadline.js"
import { graceSeconds } from "../../environment/settings/step-seconds.js"
import type { SwarmSettings } from "../../environment/settings/settings.js"
import { removeOneOffs } from "./one-off.js"
import { openPlace } from "./open-place.js"
import { removeColour } from "./remove.js"
import { removeServices } from "./remove-services.js"
import { servicesWith } from "./services.js"
import type { SwarmPlace } from "./swarm-place.js"
import { removeWhenFree } from "./when-free.js"

const SPARE_SECONDS = 60

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
  // What is removed in less may bring the daemon down, and swarm may come late to the end.
  const patience = () => deadline((graceSeconds(place.settings) + SPARE_SECONDS) * 1000)
  await removeColour(place, "blue", patience())
  await removeColour(place, "green", patience())
  await removeOneOffs(place)
  await removeServices(place, await servicesWith(place), patience())
  for (const kind of ["secret", "config"] as const) await removeWhenFree(place, kind)
  await removeWhenFree(place, "network")
}
