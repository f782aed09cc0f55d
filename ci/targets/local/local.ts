import type { LocalSettings } from "../../environment/settings/settings.js"
import { serverVariables } from "../server-variables.js"
import type { OneOff, Order, Target } from "../target.js"
import { answer } from "./answer.js"
import type { Connection } from "./control/connection.js"
import { daemon } from "./control/daemon.js"
import type { Output } from "./control/protocol.js"
import { holding } from "./holding.js"
import { placesIn, STATE_FOLDER } from "./places.js"
import { remove } from "./remove.js"
import { switchTo } from "./switch.js"

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
    remove: (colour, signal) => remove(connection, colour, signal),
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
