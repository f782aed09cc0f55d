import { once } from "node:events"
import { join } from "node:path"
import { rm } from "node:fs/promises"
import { deadline } from "../../deadline.js"
import { scratch, type Scratch } from "../../host/reaper/scratch.js"
import { listenFor } from "./control/listen.js"
import { Colours } from "./daemon/colours.js"
import { database, type Database } from "./daemon/database.js"
import { openOn, publicUrlOf } from "./daemon/front-port.js"
import { session } from "./daemon/session.js"
import { Front } from "./front/front.js"
import { placesIn, type Places } from "./places.js"

/** A server's own deadline, and a little more. */
const END_MS = 30_000

/**
 * The process that owns PostgreSQL, the front and both colours of one folder, until `down` or a signal ends it:
 * `node --import tsx ci/targets/local/daemon.ts <folder>`. Standard output is its log.
 */
async function main(folder: string | undefined): Promise<void> {
  const places = placesIn(folder)
  const own = scratch()
  try {
    const postgres = await database(own, places)
    if (postgres) await serve(own, postgres, places)
  } finally {
    await own.clear()
  }
}

async function serve(own: Scratch, postgres: Database, places: Places): Promise<void> {
  const front = new Front()
  const ground = {
    ...{ places, scratch: own, databaseUrl: postgres.databaseUrl, temporary: join(own.folder, "tmp") },
    publicUrl: () => publicUrlOf(front),
  }
  const colours = new Colours(front, ground)
  const ending = new AbortController()
  const end = (why: string) => ending.abort(why)
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => end(signal))
  void postgres.ended.then(() => end("PostgreSQL ended"))
  const left = () => {
    if (colours.isEmpty && front.port === undefined) end("nothing to do")
  }
  const shared = { front, ground, colours, left, open: openOn(front), down: () => end("down") }
  const refuse = await listenFor(places.address, () => session(shared))
  say("started")
  if (!ending.signal.aborted) await once(ending.signal, "abort")
  say(`ending: ${String(ending.signal.reason)}`)
  refuse()
  await rm(places.address, { force: true })
  await colours.clear(deadline(END_MS))
  front.close()
  await postgres.stop()
  say("ended")
}

function say(message: string): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), pid: process.pid, message }))
}

await main(process.argv[2])
process.exit(0)
