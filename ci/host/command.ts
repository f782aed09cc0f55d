import { createInterface } from "node:readline"
import { execa } from "execa"
import { signalGroup, stopper } from "./process-group.js"
import type { RunContext } from "./run-context.js"

const OUTPUT_GRACE_MS = 500

/** One command of a stage. */
export interface Command {
  readonly argv: readonly string[]
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly graceSeconds?: number | undefined
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
  const end = () => {
    if (pid !== undefined) signalGroup(pid, "SIGKILL")
    // A daemon has left the group; the reaper ends it with the run, and its output is not waited for.
    setTimeout(() => {
      child.stdout.destroy()
      child.stderr.destroy()
    }, OUTPUT_GRACE_MS).unref()
  }
  if (pid !== undefined) scratch.started(pid)
  const output = lines(child.all, (text) => command.line(redactor.redact(text)))
  const { timeoutSeconds, graceSeconds } = command
  const stop = stopper({ pid, end, timeoutSeconds, graceSeconds }, signal)
  // What an ended command left behind would hold its output open, and with it this run. After a stop npm is often the
  // first to go: what it started has its time to clean up.
  child.once("exit", () => stop.why() ?? end())

  const result = await child
  const stopped = stop.why()
  stop.clear()
  if (pid === undefined) return { kind: "not started", reason: result.shortMessage ?? "no process" }
  if (stopped) signalGroup(pid, "SIGKILL")
  await output
  scratch.ended(pid)
  if (stopped) return { kind: stopped }
  return result.signal
    ? { kind: "signal", name: result.signal }
    : { kind: "exit", code: result.exitCode ?? 1 }
}

async function lines(stream: NodeJS.ReadableStream, line: (text: string) => void): Promise<void> {
  const reader = createInterface({ input: stream, crlfDelay: Infinity })
  // A stream that is destroyed closes without an end, for which the reader would wait.
  stream.once("close", () => reader.close())
  for await (const text of reader) line(text)
}
