import type { Readable, Writable } from "node:stream"
import type { StepName } from "../pipeline/deploy-steps.js"
import type { Deployable } from "../release/deployable.js"

/** The two places behind a front, of which one serves. */
export type Colour = "blue" | "green"

/** A release that was started, and where. */
export interface Instance {
  readonly colour: Colour
  readonly release: Deployable
  /** Such as `v1.2.3`; `unreleased` for a commit without a tag. */
  readonly version: string
}

/** What is to be started. */
export type Order = Pick<Instance, "release" | "version">

/** The answer to one GET request. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** A command of a release's server that runs once and ends, in the environment's settings: a migration, a key. */
export interface OneOff {
  /** Such as `["npx", "prisma", "migrate", "deploy"]`, in the server's folder. */
  readonly argv: readonly string[]
  /** Variables beside those of the settings. */
  readonly variables?: Readonly<Record<string, string>>
  /** Told of every line that it prints, on whichever output. May hold secrets. */
  line(text: string): void
}

/** How a one-off command ended. Not ended in time is an error of the caller's signal, not an ending. */
export interface OneOffEnding {
  readonly exitCode: number
  /** Standard output, without the line break at its end. */
  readonly stdout: string
  readonly stderr: string
}

/** A switch of the front that has happened and is not yet kept. If this process dies, the front goes back by itself. */
export interface Switched {
  /** Keeps it, whatever becomes of this process. */
  confirm(): Promise<void>
  /** Leads new requests back to where they went before. */
  back(): Promise<void>
}

/** Client programs of PostgreSQL that fit the environment's server. */
export interface PostgresPrograms {
  /** Where they come from, for people: `postgres:17.11-bookworm on the target`. */
  readonly origin: string
  /**
   * Runs one against a database. Credentials never stand among the arguments.
   * @throws with what the program printed, when it ends with an error
   */
  run(call: ProgramCall): Promise<void>
}

export interface ProgramCall {
  readonly program: "pg_dump" | "pg_restore"
  /** Without `--dbname`, which whoever runs it adds. */
  readonly args: readonly string[]
  /** `postgresql://` URL of the database, as the environment's server reaches it. */
  readonly databaseUrl: string
  readonly input?: Readable
  readonly output?: Writable
  /** Ends the program when it is aborted: one that waits for a lock notices no closed output. */
  readonly signal?: AbortSignal
}

/**
 * Where the releases of one environment run. The story (`ci/deploy`) says in which order, checks, waits and decides; a
 * target does the single things and keeps nothing of its own about a deploy: what it answers is what it finds.
 *
 * Every method that takes a signal ends early, with the signal's reason, when it is aborted. Every method may be called
 * again after a deploy that was killed anywhere in between.
 */
export interface Target {
  readonly name: string
  /**
   * Steps that the target carries out by itself while it starts a release, as a platform does that rolls out, probes and
   * goes back alone. The story says so and leaves them out. Empty for a target whose processes we place ourselves.
   */
  readonly carries: ReadonlySet<StepName>
  /** Base URL under which everybody reaches the environment, without a slash at its end. */
  readonly publicUrl: string
  /** `postgresql://` URL of the environment's database, as this process reaches it. */
  readonly databaseUrl: string
  /** Programs that the target has for its server; absent where only those on PATH can be had. */
  readonly postgres?: PostgresPrograms

  /** What the front leads to; undefined when nothing serves. @throws when the front does not run */
  serving(): Promise<Instance | undefined>
  /**
   * The same for a deploy that begins, or takes itself back, and has the environment's lock: a command that a killed one
   * left running is ended; a switch that it left open and can't hold any more (its machine or its network is gone) is
   * taken back; of a front that does not run, and which `start` will mend, what it will lead to. Absent where neither happens.
   */
  settled?(): Promise<Instance | undefined>
  /** Runs a command of a release once. The release need not have been started. */
  run(order: Order, command: OneOff, signal: AbortSignal): Promise<OneOffEnding>
  /**
   * Starts a release beside what serves, in the other colour, which is emptied first. Returns once its processes are
   * asked for; whether they are ready is for the gate to find out.
   */
  start(order: Order, signal: AbortSignal): Promise<Instance>
  /**
   * Asks an instance's server directly, past the front. @throws when there is no answer
   */
  ask(instance: Instance, path: string, signal: AbortSignal): Promise<Answer>
  /** Why an instance can't become ready any more, with its last words: it ended, or can't be started. Undefined while it can. */
  fault(instance: Instance): Promise<string | undefined>
  /** Leads new requests to an instance at once. Requests under way end where they began. */
  switchTo(instance: Instance, signal: AbortSignal): Promise<Switched>
  /**
   * Brings back what served before a deploy, where the target carries `switch` and so has none that could be taken back: a
   * rollout that is undone, an image that is put back. Absent for every other target.
   */
  goBack?(before: Instance | undefined, signal: AbortSignal): Promise<void>
  /**
   * Ends what runs in a colour that does not serve and removes it: requests under way end, streams are told to
   * reconnect, runs are handed over. What is left when the signal's time is up (a `TimeoutError`) is killed. Aborted for
   * any other reason, or with this process, what was told to end goes on ending by itself, and the next `start` does the
   * rest. Nothing there is no error.
   */
  remove(colour: Colour, signal: AbortSignal): Promise<void>
  /** The last lines that an instance's processes printed, newest last. May hold secrets. */
  logs(instance: Instance): Promise<readonly string[]>
  /**
   * Runs an action while the front holds new requests back and none is under way at the server; goes on by itself when
   * this process dies. For what takes a fraction of a second. Absent where the front can't.
   */
  holding?<Result>(action: () => Promise<Result>): Promise<Result>
  /** Ends connections to the target; what serves goes on. */
  close(): Promise<void>
}

/** The colour in which nothing serves. */
export function otherColour(serving: Pick<Instance, "colour"> | undefined): Colour {
  return serving?.colour === "blue" ? "green" : "blue"
}
