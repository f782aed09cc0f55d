import type { Session } from "../control/listen.js"
import type { Front } from "../front/front.js"
import type { Colours, Switch } from "./colours.js"
import { oneOff } from "./one-off.js"
import { oneOffProgram } from "./program.js"
import type { Ground } from "./running.js"

/** How long the front holds requests back until those under way have ended. */
const QUIET_MS = 5_000

/** What all sessions share. */
export interface Daemon {
  readonly front: Front
  readonly ground: Ground
  readonly colours: Colours
  /** @throws when the port is taken, naming FRONT_PORT */
  readonly open: (frontPort: number) => Promise<void>
  /** Told when a client has gone that could not open the front. */
  readonly left: () => void
  readonly down: () => void
}

/** What one client may do. A switch that it has not confirmed, and a hold, end with its connection. */
export function session({ front, ground, colours, open, left, down }: Daemon): Session {
  let switched: Switch | undefined
  let release: (() => void) | undefined
  let isRefused = false
  const back = () => {
    switched?.back()
    switched = undefined
  }
  const free = () => {
    release?.()
    release = undefined
  }
  return {
    open: async ({ frontPort }) => {
      isRefused = true
      if (!colours.serving) await open(frontPort)
      isRefused = false
      return { databaseUrl: ground.databaseUrl, frontPort: front.port ?? frontPort }
    },
    move: ({ frontPort }) => open(frontPort),
    serving: () => colours.serving,
    settled: () => colours.settled(),
    start: ({ order, variables }, calling) => colours.start({ ...order, variables }, calling),
    where: ({ instance }) => colours.find(instance).server.port,
    fault: ({ instance }) => colours.find(instance).fault,
    logs: ({ instance }) => colours.find(instance).lines(),
    switchTo: ({ instance }) => {
      switched = colours.switchTo(instance)
    },
    confirm: () => {
      switched?.confirm()
      switched = undefined
    },
    back: () => back(),
    // What was told to end goes on doing so when its caller is gone.
    remove: ({ colour }, { told }) => colours.remove(colour, told),
    hold: async (_, { signal }) => {
      release = front.hold()
      await front.quiet(QUIET_MS, signal).catch((error: unknown) => {
        free()
        throw error
      })
    },
    release: () => free(),
    run: ({ order, variables, argv }, calling) =>
      oneOff(oneOffProgram({ ...order, variables }, argv, ground), calling, ground.scratch),
    builds: () => colours.builds,
    down: () => down(),
    closed: () => {
      back()
      free()
      if (isRefused) left()
    },
  }
}
