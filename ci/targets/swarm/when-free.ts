import { setTimeout as sleep } from "node:timers/promises"
import { LOOK_INTERVAL_MS } from "./docker-call.js"
import { filterArgs, LABEL } from "./labels.js"
import type { SwarmPlace } from "./swarm-place.js"

const PATIENCE_MS = 45_000

/**
 * Removes all objects of one kind that an environment has. Swarm lets go of them a moment after the services that used
 * them, so what it refuses is tried again.
 * @throws with docker's words, when it refuses for long
 */
export async function removeWhenFree(
  { docker, stack }: SwarmPlace,
  kind: "secret" | "config" | "network",
): Promise<void> {
  const filters = filterArgs({ [LABEL.stack]: stack })
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const { stdout } = await docker([kind, "ls", "--quiet", ...filters])
    const ids = stdout.split("\n").filter(Boolean)
    if (ids.length === 0) return
    await docker([kind, "rm", ...ids], { mayFail: Date.now() < deadline })
    await sleep(LOOK_INTERVAL_MS)
  }
}
