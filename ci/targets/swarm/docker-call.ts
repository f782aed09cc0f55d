import type { Readable, Writable } from "node:stream"
import { execa } from "execa"

/** How docker is called. */
export interface CallOptions {
  /** Standard input. A secret comes in here or in `environment`, never among the arguments. */
  readonly input?: string | Readable
  /** Where standard output goes instead of into the answer. */
  readonly output?: Writable
  readonly environment?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  /** Return what came, whatever the exit code. */
  readonly mayFail?: boolean
}

/** What docker printed. */
export interface CallResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs docker's command line. @throws DockerError, or the signal's reason */
export type Docker = (args: readonly string[], options?: CallOptions) => Promise<CallResult>

/** Docker refused or could not be reached. */
export class DockerError extends Error {}

/** How often what is waited for in the swarm is looked at. */
export const LOOK_INTERVAL_MS = 250

/** @param environment what leads docker's command line to the swarm */
export function dockerCaller(environment: Readonly<Record<string, string>>): Docker {
  return async (args, options = {}) => {
    const { input, output, signal, mayFail = false } = options
    signal?.throwIfAborted()
    const ended = await execa("docker", args, {
      env: { ...environment, ...options.environment },
      reject: false,
      // A stream without a file behind it has to go through a pipe.
      ...(typeof input === "string" ? { input } : { stdin: input ? [input, "pipe"] : "ignore" }),
      ...(output && { stdout: [output, "pipe"], buffer: { stdout: false } }),
      ...(signal && { cancelSignal: signal }),
    })
    signal?.throwIfAborted()
    const { exitCode, stderr, originalMessage } = ended
    // Without an exit code it was not even started, or killed.
    if (exitCode === undefined) throw failure(args, originalMessage ?? "its end")
    if (exitCode !== 0 && !mayFail) throw failure(args, stderr)
    return { exitCode, stdout: output ? "" : ended.stdout, stderr }
  }
}

/** Names the command alone: its arguments are long, and what docker says is what matters. */
function failure(args: readonly string[], said: string): DockerError {
  const command = args.slice(0, 2).join(" ")
  return new DockerError(`expected docker ${command} to succeed, received: ${said.trim()}`)
}
