import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { execa, type Options } from "execa"
import { expect } from "vitest"

const READING_MS = 500

/** Runs a command line as a person types it, and expects that it ends well. */
export async function runs(command: string, options: Options): Promise<string> {
  const { exitCode, all } = await execa(command, {
    ...options,
    ...{ shell: true, reject: false, all: true, stdin: "ignore" },
  })
  expect(exitCode, `the exit code of ${command}, which printed:\n${String(all)}`).toBe(0)
  return String(all)
}

/** A command that stays. */
export interface Staying {
  /** What it printed until it said that it is there. */
  readonly output: string
  /** Settled once it has ended, with its exit code. */
  readonly ended: Promise<number | undefined>
  /** Ctrl-C, once a person has read what was printed: the whole foreground gets it. */
  readonly interrupt: () => Promise<void>
}

/** Starts a command line that stays, and returns when it has printed a text. */
export async function stays(command: string, text: string, cwd: string): Promise<Staying> {
  // As an interactive shell does, this one outlives the Ctrl-C that ends its command.
  const child = execa(`trap : INT; ${command}; exit $?`, {
    cwd,
    shell: true,
    reject: false,
    all: true,
    stdin: "ignore",
    detached: true,
  })
  const seen: string[] = []
  const isThere = new Promise<boolean>((resolve) => {
    createInterface({ input: child.all }).on("line", (line) => {
      seen.push(line)
      if (line.includes(text)) resolve(true)
    })
    void child.then(() => resolve(false))
  })
  expect(await isThere, `${command} prints ${text}; it printed:\n${seen.join("\n")}`).toBe(true)
  const ended = child.then(({ exitCode }) => exitCode)
  const interrupt = async () => {
    await sleep(READING_MS)
    process.kill(-(child.pid ?? 0), "SIGINT")
  }
  return { output: seen.join("\n"), ended, interrupt }
}
