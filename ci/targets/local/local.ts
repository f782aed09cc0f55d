import { setTimeout as sleep } from "node:timers/promises"
import { request } from "undici"
import type { LocalSettings } from "../../environment/settings/settings.js"
import { timeUpOf } from "../../deadline.js"
import { serverVariables } from "../server-variables.js"
import type { Answer, Instance, OneOff, Order, Target } from "../target.js"
import type { Connection } from "./control/connection.js"
import { daemon } from "./control/daemon.js"
import type { Output } from "./control/protocol.js"
import { placesIn, STATE_FOLDER } from "./places.js"

/** How long held requests wait at most for a server to come to terms with its database. */
const SETTLING_MS = 2_000

const HOLD_TRIES = 3
const HOLD_PAUSE_MS = 1_000

/**
 * The target `local`: processes of this machine beside a PostgreSQL whose data lasts, behind one port of 127.0.0.1. A
 * daemon owns them, and is started when it isn't there.
 * @param folder of the state
 * @throws when the folder can't be written, the daemon does not start, or FRONT_PORT is taken
 */
export async function localTarget(settings: LocalSettings, folder = STATE_FOLDER): Promise<Target> {
  const connection = await daemon(placesIn(folder))
  try {
    const opened = await connection.call("open", { frontPort: settings.FRONT_PORT })
    return target(settings, connection, opened)
  } catch (error) {
    await connection.close()
    throw error
  }
}

function target(settings: LocalSettings, connection: Connection, opened: Output<"open">): Target {
  let port = opened.frontPort
  const given = (order: Order) => ({
    order: { release: order.release, version: order.version },
    variables: serverVariables(settings, order),
  })
  return {
    name: "local",
    carries: new Set(),
    get publicUrl() {
      return `http://127.0.0.1:${port}`
    },
    databaseUrl: opened.databaseUrl,
    serving: () => connection.call("serving", {}),
    settled: () => connection.call("settled", {}),
    run: (order, command, signal) => run(connection, { given: given(order), command }, signal),
    start: async (order, signal) => {
      // Only now: whoever looks at an environment, or is refused, leaves its address alone.
      await connection.call("move", { frontPort: settings.FRONT_PORT }, { signal })
      port = settings.FRONT_PORT
      return connection.call("start", given(order), { signal })
    },
    ask: async (instance, path, signal) => {
      const port = await connection.call("where", { instance }, { signal })
      return answer(`http://127.0.0.1:${port}${path}`, signal)
    },
    fault: (instance) => connection.call("fault", { instance }),
    logs: (instance) => connection.call("logs", { instance }),
    switchTo: (instance, signal) => switchTo(connection, instance, signal),
    remove: async (colour, signal) => {
      await connection.call("remove", { colour }, { signal: timeUpOf(signal) })
    },
    holding: (action) => holding(connection, action),
    close: () => connection.close(),
  }
}

interface Run {
  readonly given: { readonly order: Order; readonly variables: Record<string, string> }
  readonly command: OneOff
}

function run(connection: Connection, { given, command }: Run, signal: AbortSignal) {
  const { argv, variables } = command
  const input = { ...given, argv: [...argv], variables: { ...given.variables, ...variables } }
  return connection.call("run", input, { signal, line: (text) => command.line(text) })
}

async function answer(url: string, signal: AbortSignal): Promise<Answer> {
  const { statusCode, body } = await request(url, { signal })
  return { status: statusCode, body: await body.text() }
}

/** A switch that comes too late is taken back at once: the daemon hears of that before of anything that is asked later. */
async function switchTo(connection: Connection, instance: Instance, signal: AbortSignal) {
  const back = async () => {
    await connection.call("back", {})
  }
  const late = () => void back().catch(() => undefined)
  signal.addEventListener("abort", late, { once: true })
  await connection.call("switchTo", { instance }, { signal })
  signal.removeEventListener("abort", late)
  signal.throwIfAborted()
  return {
    confirm: async () => {
      await connection.call("confirm", {})
    },
    back,
  }
}

async function holding<Result>(connection: Connection, action: () => Promise<Result>): Promise<Result> {
  await held(connection)
  try {
    return await action()
  } finally {
    await settled(connection)
    await connection.call("release", {})
  }
}

/** A request that ends late may only have been met in a bad moment. */
async function held(connection: Connection): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await connection.call("hold", {})
      return
    } catch (error) {
      if (attempt === HOLD_TRIES) throw error
      await sleep(HOLD_PAUSE_MS)
    }
}

/**
 * Waits until the server that serves has noticed what became of its database connections: it answers a question that needs
 * one. On a busy machine it would else meet the requests that were held with a connection that is gone.
 */
async function settled(connection: Connection): Promise<void> {
  const instance = await connection.call("serving", {})
  if (!instance) return
  const port = await connection.call("where", { instance })
  for (const deadline = Date.now() + SETTLING_MS; Date.now() < deadline;) {
    const signal = AbortSignal.timeout(SETTLING_MS)
    const ready = await answer(`http://127.0.0.1:${port}/readyz`, signal).catch(() => undefined)
    if (ready?.status === 200) return
  }
}
