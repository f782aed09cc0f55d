import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"
import { signalGroup } from "../../../host/process-group.js"
import type { Scratch } from "../../../host/reaper/scratch.js"
import type { Program } from "./program.js"

/** A process that was started, in a group of its own. */
export interface Spawned {
  /** Told, once, how it ended: such as `ended with exit code 1`. */
  readonly ended: Promise<string>
  /** Ends it: kindly until the signal is aborted, then at once. Returns when it is gone. */
  end(signal: AbortSignal): Promise<void>
}

/** Where a process writes, and what takes it away when the daemon dies. */
export interface Around {
  /** The log of both its outputs; added to. */
  readonly log: string
  readonly scratch: Scratch
}

/**
 * Starts a program. Its output goes straight to the log, so that the daemon has no work with it.
 * @throws when the log can't be opened
 */
export function spawned({ argv, folder, environment }: Program, { log, scratch }: Around): Spawned {
  const [file, ...args] = argv
  const output = openSync(log, "a", 0o600)
  const stdio: ["ignore", number, number] = ["ignore", output, output]
  const child = spawn(file, args, { cwd: folder, env: environment, detached: true, stdio })
  closeSync(output)
  if (child.pid !== undefined) scratch.started(child.pid)
  // A second one would have the server end at once.
  const ask = onceOnly(() => signalGroup(child.pid ?? 0, "SIGTERM"))
  return { ended: ending(child, scratch), end: (signal) => end(child, ask, signal) }
}

function ending(child: ChildProcess, scratch: Scratch): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`))
    child.once("exit", (code, signal) => {
      if (child.pid !== undefined) {
        // What it may have started ends with it.
        signalGroup(child.pid, "SIGKILL")
        scratch.ended(child.pid)
      }
      resolve(`ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}

function onceOnly(action: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) action()
    isDone = true
  }
}

async function end(child: ChildProcess, ask: () => void, signal: AbortSignal): Promise<void> {
  const { pid } = child
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, "exit")
  const kill = () => signalGroup(pid, "SIGKILL")
  ask()
  signal.addEventListener("abort", kill)
  if (signal.aborted) kill()
  await exited
  signal.removeEventListener("abort", kill)
}
