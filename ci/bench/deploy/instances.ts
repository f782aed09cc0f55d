import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { request } from "undici"
import type { BuiltRecord } from "../../release/deployable.js"
import { connectTo } from "../../targets/local/control/connection.js"
import { placesIn } from "../../targets/local/places.js"
import type { Instance } from "../../targets/target.js"
import type { Ground } from "../../trial/ground.js"

const PAUSE_MS = 20
const DEADLINE_MS = 300_000

/** What serves. */
export async function serving({ target }: Ground): Promise<Instance> {
  const instance = await target.serving()
  if (!instance) throw new Error("expected a release to serve")
  return instance
}

/** Starts a release beside what serves, and waits until it is ready. */
export async function startedBeside({ target }: Ground, release: BuiltRecord): Promise<Instance> {
  const going = new AbortController().signal
  const instance = await target.start({ release, version: "unreleased" }, going)
  const isReady = async () => (await target.ask(instance, "/readyz", going)).status === 200
  await until(() => isReady().catch(() => false), PAUSE_MS)
  return instance
}

/** The port of 127.0.0.1 on which an instance's server listens, past the front. */
export async function serverPort({ folder }: Ground, instance: Instance): Promise<number> {
  const connection = await connectTo(placesIn(join(folder, ".local")).address)
  if (!connection) throw new Error("expected the daemon of the target local to answer")
  return connection.call("where", { instance }).finally(() => connection.close())
}

/** The commit that answers at an address; undefined when none does. */
export async function commitAt(url: string): Promise<string | undefined> {
  const { statusCode, body } = await request(`${url}/version`)
  const said = await body.text()
  return statusCode === 200 ? (JSON.parse(said) as { commit: string }).commit : undefined
}

/** Waits until something is true. @throws when it is not in five minutes */
export async function until(isTrue: () => Promise<boolean>, pauseMs = 0): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; !(await isTrue());) {
    if (Date.now() > deadline) throw new Error(`expected an answer within ${DEADLINE_MS} ms, received none`)
    if (pauseMs > 0) await sleep(pauseMs)
  }
}
