import { randomBytes } from "node:crypto"
import { cp, rm, utimes } from "node:fs/promises"
import { join } from "node:path"
import { Client } from "pg"
import { readSettings } from "../environment/settings/read.js"
import type { LocalSettings } from "../environment/settings/settings.js"
import { freePort } from "../host/free-port.js"
import { startLoad, type Load } from "../load/load.js"
import { project } from "../pipeline/project.js"
import { isBuilt, type BuiltRecord } from "../release/deployable.js"
import { localDown } from "../targets/local/down.js"
import { localTarget } from "../targets/local/local.js"
import { placesIn } from "../targets/local/places.js"
import type { Order, Target } from "../targets/target.js"
import { checkout } from "./checkout.js"
import { startedRun } from "./long-run.js"
import { startProgram, type Call, type Ended, type Place, type Running } from "./programs.js"

const PER_SECOND = 100

/** A copy of this checkout in which one release has been deployed to `local`, from nothing. */
export interface Ground extends Place {
  readonly url: string
  readonly target: Target
  readonly first: BuiltRecord
  /** Calls a program and goes on. */
  readonly start: (program: string, call?: Call) => Promise<Running>
  /** Calls a program and waits for its end. */
  readonly call: (program: string, call?: Call) => Promise<Ended>
  /** Another release: a copy of the first one, with a change in its folder. */
  readonly variant: (change?: (folder: string) => Promise<unknown>) => Promise<BuiltRecord>
  /** Steady requests and one long stream. */
  readonly load: () => Promise<Load>
  /** Runs a statement in the environment's database. @returns its rows */
  readonly query: (statement: string) => Promise<unknown[]>
  readonly remove: () => Promise<void>
}

/** Builds and deploys the first release. Whoever makes the ground removes it. */
export async function ground(): Promise<Ground> {
  const copy = await checkout()
  const { folder } = copy
  const settings = [
    ...["TARGET=local", `FRONT_PORT=${await freePort()}`, "RATE_LIMIT_PER_MINUTE=1000000"],
    // The run of the load never ends by itself: each server that retires waits for it.
    "SHUTDOWN_DEADLINE_MS=3000",
  ].join("\n")
  const place: Place = { folder, environment: "local", settings }
  const start: Ground["start"] = (program, call) => startProgram(place, program, call)
  const call: Ground["call"] = async (program, given) => (await start(program, given)).ended
  const { exitCode, text } = await call("deploy")
  if (exitCode !== 0) {
    await localDown(join(folder, ".local"))
    await copy.remove()
    throw new Error(`expected the first deploy to succeed, it ended with ${exitCode}:\n${text}`)
  }
  const target = await localTarget(readSettings("local", settings) as LocalSettings, join(folder, ".local"))
  const { first, order } = await serving(target)
  const { publicUrl: url } = target
  return {
    ...{ ...place, url, target, first, start, call },
    variant: (change) => variant(folder, first, change),
    load: async () => {
      const key = await madeKey(target, order)
      return startLoad({ url, key, perSecond: PER_SECOND, runId: await startedRun(url, key) })
    },
    query: async (statement) => {
      const client = new Client({ connectionString: target.databaseUrl })
      await client.connect()
      return client
        .query<object>(statement)
        .then(({ rows }) => rows)
        .finally(() => client.end())
    },
    remove: async () => {
      await target.close()
      await localDown(join(folder, ".local"))
      await rm(placesIn(join(folder, ".local")).database, { recursive: true, force: true })
      await copy.remove()
    },
  }
}

async function serving(target: Target): Promise<{ first: BuiltRecord; order: Order }> {
  const order = await target.serving()
  if (!order || !isBuilt(order.release)) throw new Error("expected a build to serve")
  return { first: order.release, order }
}

async function madeKey(target: Target, order: Order): Promise<string> {
  const argv = ["node", "dist/keys.js", "create", "--name", "load", "--connector", "sandbox"]
  const command = { argv, line: () => undefined }
  return (await target.run(order, command, new AbortController().signal)).stdout
}

async function variant(
  folder: string,
  first: BuiltRecord,
  change: (folder: string) => Promise<unknown> = () => Promise.resolve(),
): Promise<BuiltRecord> {
  const other = { ...first, build: randomBytes(32).toString("hex") }
  const releases = join(folder, ".local", "releases")
  const made = join(releases, other.build)
  await cp(join(releases, first.build), made, { recursive: true })
  await change(made)
  await utimes(made, new Date(), new Date())
  return other
}

/** The migrations' folder in a release's. */
export const migrationsOf = (release: string) => join(release, project.migrations)
