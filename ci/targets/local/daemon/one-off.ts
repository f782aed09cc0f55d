import { execa } from "execa"
import { signalGroup } from "../../../host/process-group.js"
import type { Scratch } from "../../../host/reaper/scratch.js"
import type { OneOffEnding } from "../../target.js"
import type { Calling } from "../control/listen.js"
import type { Program } from "./program.js"
import { LocalFailure } from "../failure.js"

const GRACE_MS = 5_000

/**
 * Runs a command once. It ends with the call, and with the daemon.
 * @throws when it can't be started, or the call is aborted
 */
export async function oneOff(program: Program, calling: Calling, scratch: Scratch): Promise<OneOffEnding> {
  const { argv, folder, environment } = program
  const [file, ...args] = argv
  const seen = function* (line: unknown) {
    calling.line(String(line))
    yield line
  }
  const child = execa(file, args, {
    ...{ cwd: folder, env: environment, extendEnv: false },
    ...{ detached: true, cleanup: false, reject: false, stdin: "ignore", stdout: seen, stderr: seen },
  })
  const { pid } = child
  if (pid === undefined) throw new LocalFailure(`expected to start ${file}: ${(await child).shortMessage}`)
  scratch.started(pid)
  const stop = endingGroup(pid, calling.signal)
  const { exitCode = 1, stdout, stderr } = await child
  stop()
  scratch.ended(pid)
  calling.signal.throwIfAborted()
  return { exitCode, stdout, stderr }
}

function endingGroup(pid: number, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    signalGroup(pid, "SIGTERM")
    timer = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS)
  }
  signal.addEventListener("abort", end)
  if (signal.aborted) end()
  return () => {
    clearTimeout(timer)
    signal.removeEventListener("abort", end)
    signalGroup(pid, "SIGKILL")
  }
}
