import { z } from "zod"
import { Deployable } from "../../../release/deployable.js"

const Colour = z.enum(["blue", "green"])
const Variables = z.record(z.string(), z.string())
const port = z.int().min(1).max(65_535)
const Nothing = z.object({})
const Order = z.object({ release: Deployable, version: z.string() })
const Instance = Order.extend({ colour: Colour })
const ofInstance = z.object({ instance: Instance })

/** Raised whenever a daemon of before would misunderstand this code, or the other way round. */
export const PROTOCOL = 3

/** What a client can ask of the daemon: what it says with it, and what it is answered. */
export const CALLS = {
  /** The front listens on a port, unless something serves: then it stays where it is, and that port is answered. */
  open: {
    input: z.object({ frontPort: port }),
    output: z.object({ databaseUrl: z.string(), frontPort: port }),
  },
  /** The front listens on another port from now on. */
  move: { input: z.object({ frontPort: port }), output: z.void() },
  serving: { input: Nothing, output: Instance.optional() },
  /** The same, once a switch that is still open is taken back. */
  settled: { input: Nothing, output: Instance.optional() },
  start: { input: z.object({ order: Order, variables: Variables }), output: Instance },
  /** The port of an instance's server. */
  where: { input: ofInstance, output: z.number() },
  fault: { input: ofInstance, output: z.string().optional() },
  logs: { input: ofInstance, output: z.array(z.string()) },
  /** Lasts until `back`, or until the connection closes without `confirm`. */
  switchTo: { input: ofInstance, output: z.void() },
  confirm: { input: Nothing, output: z.void() },
  back: { input: Nothing, output: z.void() },
  remove: { input: z.object({ colour: Colour }), output: z.void() },
  /** Lasts until `release`, or until the connection closes. */
  hold: { input: Nothing, output: z.void() },
  release: { input: Nothing, output: z.void() },
  run: {
    input: z.object({ order: Order, variables: Variables, argv: z.array(z.string()) }),
    output: z.object({ exitCode: z.number(), stdout: z.string(), stderr: z.string() }),
  },
  /** The builds that are in use. */
  builds: { input: Nothing, output: z.array(z.string()) },
  /** Everything ends; the connection closes when it has. Stays as it is: it also comes from other versions. */
  down: { input: Nothing, output: z.void() },
} as const

export type CallName = keyof typeof CALLS
export type Input<Name extends CallName> = z.output<(typeof CALLS)[Name]["input"]>
export type Output<Name extends CallName> = z.output<(typeof CALLS)[Name]["output"]>

/** The first line of a connection. */
export const Hello = z.object({ word: z.string(), protocol: z.number() })

/** A line from client to daemon. */
export const Asked = z.union([
  z.object({ id: z.number(), call: z.enum(Object.keys(CALLS) as [CallName]), input: z.unknown() }),
  z.object({ id: z.number(), abort: z.literal(true) }),
])
export type Asked = z.infer<typeof Asked>

/** A line from daemon to client. */
export const Told = z.union([
  z.object({ welcome: z.literal(true), protocol: z.number() }),
  z.object({ id: z.number(), line: z.string() }),
  /** One that is not expected is a bug, of which the daemon's log has more. */
  z.object({ id: z.number(), error: z.string(), isExpected: z.boolean() }),
  z.object({ id: z.number(), output: z.unknown().optional() }),
])
export type Told = z.infer<typeof Told>

/** Where the daemon listens. */
export const Address = z.object({ port, word: z.string() })
