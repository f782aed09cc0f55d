import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { RUNS_FOLDER } from "../report/newest-run.js"

const KEPT_RUNS = 20

/** The log files of a run, one a stage. */
export interface Logs {
  /** Relative to the checkout; `undefined` when no file can be written there. */
  readonly folder: string | undefined
  /** Why no file can be written; empty when they can. */
  readonly problem: string
  write(stage: string, line: string): void
  /** Notes how a stage ended, as `<stage>.exit` beside its log, for the report. */
  ended(stage: string, exitCode: number): void
}

/**
 * Makes the folder of a run's log files and removes those of runs long past. A checkout that can't be written costs
 * the log files, never the run.
 */
export function openLogs(functionName: string, started: Date): Logs {
  const stamp = started.toISOString().replace(/[:.]/g, "-")
  const folder = join(RUNS_FOLDER, `${stamp}-${functionName}`)
  try {
    // One after the other: a recursive mkdir calls a read-only file system ENOENT.
    if (!existsSync(RUNS_FOLDER)) mkdirSync(RUNS_FOLDER)
    mkdirSync(folder)
    forgetOldRuns()
    return writable(folder)
  } catch (error) {
    return {
      folder: undefined,
      problem: (error as Error).message,
      write: () => undefined,
      ended: () => undefined,
    }
  }
}

function writable(folder: string): Logs {
  let isFull = false
  const append = (file: string, line: string) => {
    if (isFull) return
    try {
      appendFileSync(join(folder, file), `${line}\n`)
    } catch {
      // A full disk must not fail a stage that itself needs no disk.
      isFull = true
    }
  }
  return {
    folder,
    problem: "",
    write: (stage, line) => append(`${stage}.log`, line),
    ended: (stage, exitCode) => append(`${stage}.exit`, `${exitCode}`),
  }
}

function forgetOldRuns(): void {
  const runs = readdirSync(RUNS_FOLDER).filter((name) => /^\d{4}-/.test(name))
  for (const name of runs.sort().slice(0, -KEPT_RUNS)) {
    rmSync(join(RUNS_FOLDER, name), { recursive: true, force: true })
  }
}
