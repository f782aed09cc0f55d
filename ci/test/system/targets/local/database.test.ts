import { rm } from "node:fs/promises"
import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { startLastingPostgres } from "../../../../host/postgres/lasting.js"
import { programs } from "../../../../host/postgres/programs.js"
import { scratch } from "../../../../host/reaper/scratch.js"
import { database } from "../../../../targets/local/daemon/database.js"
import { placesIn, type Places } from "../../../../targets/local/places.js"

/** Goes with the test, and ends what was started in it. */
function own() {
  const made = scratch()
  onTestFinished(() => made.clear())
  return made
}

function places(): Places {
  const made = placesIn(join(".local", `test-${randomBytes(3).toString("hex")}`))
  onTestFinished(async () => {
    await rm(made.database, { recursive: true, force: true })
    await rm(made.folder, { recursive: true, force: true })
  })
  return made
}

test("a daemon waits for the PostgreSQL that its killed predecessor left, and takes the data over", async () => {
  const [there, before] = [places(), own()]
  const data = { folder: there.database, programs: await programs(before) }
  const left = await startLastingPostgres(before, data)
  const next = database(own(), there)
  // Long enough to be refused more than once.
  await sleep(3_000)
  await left.stop()
  const cluster = await next
  expect(cluster?.databaseUrl).toContain("/platform")
  await cluster?.stop()
})
