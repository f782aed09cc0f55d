import { createInterface } from "node:readline"
import { execa } from "execa"
import type { RunContext } from "./run-context.js"

const GRACE_MS = 10_000
const OUTPUT_GRACE_MS = 500

/** One command of a stage. */
export interface Command {
  readonly argv: readonly string[]
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  /** Told of every line of output, secrets taken out. */
  line(text: string): void
}

/** How a command ended. */
export type Ending =
  | { readonly kind: "exit"; readonly code: number }
  | { readonly kind: "signal"; readonly name: string }
  | { readonly kind: "timeout" }
  | { readonly kind: "interrupted" }
  | { readonly kind: "not started"; readonly reason: string }

/** Runs a command in a process group of its own and leaves nothing of that group behind, however it ends. */
export async function runCommand(
  command: Command,
  { scratch, redactor, signal }: RunContext,
): Promise<Ending> {
  const [file = "", ...args] = command.argv
  const child = execa(file, args, {
    env: { ...command.environment },
    extendEnv: false,
    stdin: "ignore",
    all: true,
    buffer: false,
    detached: true,
    cleanup: false,
    reject: false,
  })
  const { pid } = child
  if (pid !== undefined) {
    scratch.started(pid)
    // What the command left behind would hold its output open, and with it this run.
    child.once("exit", () => {
      kill(pid, "SIGKILL")
      // A daemon has left the group, and the reaper ends it with the run; its output is not waited for.
      setTimeout(() => child.all.destroy(), OUTPUT_GRACE_MS).unref()
    })
  }
  const output = lines(child.all, (text) => command.line(redactor.redact(text)))
  const stop = stopper(pid, command.timeoutSeconds, signal)

  const result = await child
  const stopped = stop.why()
  stop.clear()
  if (pid === undefined) return { kind: "not started", reason: result.shortMessage ?? "no process" }
  await output
  scratch.ended(pid)
  if (stopped) return { kind: stopped }
  return result.signal
    ? { kind: "signal", name: result.signal }
    : { kind: "exit", code: result.exitCode ?? 1 }
}

async function lines(stream: NodeJS.ReadableStream, line: (text: string) => void): Promise<void> {
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) line(text)
}

/** Ends a process group when its time is up or the run is interrupted: kindly first. */
function stopper(pid: number | undefined, timeoutSeconds: number, signal: AbortSignal) {
  let why: "timeout" | "interrupted" | undefined
  let force: NodeJS.Timeout | undefined
  const stop = (reason: "timeout" | "interrupted") => {
    if (why !== undefined || pid === undefined) return
    why = reason
    kill(pid, "SIGTERM")
    force = setTimeout(() => kill(pid, "SIGKILL"), GRACE_MS)
  }
  const interrupted = () => stop("interrupted")
  const timer = setTimeout(() => stop("timeout"), timeoutSeconds * 1000)
  signal.addEventListener("abort", interrupted)
  if (signal.aborted) interrupted()
  const clear = () => {
    clearTimeout(timer)
    clearTimeout(force)
    signal.removeEventListener("abort", interrupted)
  }
  return { why: () => why, clear }
}

/** Signals a whole process group; one that is gone already is no error. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // macOS answers EPERM for a group of which only unburied processes are left.
    if (!["ESRCH", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error
  }
}
