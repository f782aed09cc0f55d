import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdirSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** What a run starts and writes outside the checkout, all of it taken away when the run ends or dies. */
export interface Scratch {
  /** The run's own temporary folder, absolute. */
  readonly folder: string
  /** Names the leader of a process group that must not outlive the run. */
  started(pid: number, kind?: "process" | "database"): void
  /** Says that a process group has ended by itself. */
  ended(pid: number): void
  /** Ends what still runs, removes the folder, and returns when both are done. */
  clear(): Promise<void>
}

/**
 * Makes the run's temporary folder and the process that cleans up after it.
 * @throws when the temporary folder can't be written, naming it and `TMPDIR`
 */
export function scratch(): Scratch {
  const folder = temporaryFolder()
  const reaper = spawn(process.execPath, [fileURLToPath(new URL("reaper.mjs", import.meta.url))], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  })
  const tell = (message: object) => reaper.stdin.write(`${JSON.stringify(message)}\n`)
  tell({ folder })
  return {
    folder,
    started: (pid, kind = "process") => tell({ process: pid, database: kind === "database" }),
    ended: (pid) => tell({ ended: pid }),
    clear: () => finish(reaper),
  }
}

function temporaryFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), "aca-ci-"))
    mkdirSync(join(folder, "tmp"))
    // PostgreSQL may run as another account than the run; it has to reach its files below this folder.
    chmodSync(folder, 0o711)
    return folder
  } catch (error) {
    throw new Error(
      `expected a temporary folder that can be written, got ${tmpdir()}: ${(error as Error).message}; set TMPDIR to one`,
      { cause: error },
    )
  }
}

async function finish(reaper: ChildProcess): Promise<void> {
  if (reaper.exitCode !== null) return
  reaper.stdin?.end()
  await once(reaper, "exit")
}
