import { afterAll, beforeAll } from "vitest"
import { openDatabase, type OpenDatabase } from "./database.js"
import { lab, noSwarm, skipWithoutSwarm, type Lab } from "./lab.js"
import { releases, type Releases } from "./releases.js"

/** What the tests of one file share; there once the first of them runs. */
export interface Ground {
  swarm: Lab
  database: OpenDatabase
  release: Releases
}

/**
 * A swarm, a PostgreSQL and releases in a registry, which go with the file's last test. Skips all where that can't be.
 * @param missing why the file's tests are skipped anyway, so that nothing need be made
 */
export function ground(missing?: string): Ground {
  skipWithoutSwarm()
  const shared = {} as Ground
  const ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    if ((missing ?? noSwarm) !== undefined) return
    shared.swarm = await lab()
    ends.unshift(shared.swarm.leave)
    shared.database = await openDatabase(shared.swarm.gateway)
    ends.unshift(shared.database.remove)
    shared.release = await releases()
    ends.unshift(shared.release.remove)
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })
  return shared
}
