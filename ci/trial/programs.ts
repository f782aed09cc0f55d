import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import type { DeployResult } from "../deploy/result.js"
import type { Deployable } from "../release/deployable.js"

const TSX = import.meta.resolve("tsx")

/** A program of an environment that has ended. */
export interface Ended {
  readonly exitCode: number | undefined
  /** All that it printed. */
  readonly text: string
  /** What it wrote down; absent for one that was killed or refused at the door. */
  readonly result: DeployResult | undefined
}

/** How a program is called. */
export interface Call {
  readonly release?: Deployable
  readonly flags?: readonly string[]
  /** Further lines of the settings. */
  readonly settings?: string
}

/** A program of an environment that runs. */
export interface Running {
  readonly ended: Promise<Ended>
  /** Settled when it has printed something. */
  readonly printed: (text: string) => Promise<void>
  /** Ends it as nothing that it could answer to. */
  readonly kill: () => void
  /** Asks it to end, as Ctrl-C does. */
  readonly interrupt: () => void
}

/** Where programs are called. */
export interface Place {
  /** The checkout. */
  readonly folder: string
  readonly environment: string
  readonly settings: string
}

/** Starts `ci/deploy/programs/<name>.ts` as a process of its own. */
export async function startProgram(place: Place, name: string, call: Call = {}): Promise<Running> {
  const own = await mkdtemp(join(tmpdir(), "program-"))
  const [file, output] = [join(own, "release.json"), join(own, "result.json")]
  if (call.release) await writeFile(file, JSON.stringify(call.release))
  const release = call.release ? [`--release=${file}`] : []
  const flags = [
    `--environment=${place.environment}`,
    `--result=${output}`,
    ...release,
    ...(call.flags ?? []),
  ]
  const child = execa(process.execPath, ["--import", TSX, `ci/deploy/programs/${name}.ts`, ...flags], {
    ...{ cwd: place.folder, all: true, reject: false, stdin: "ignore" },
    // Whoever waits for a text in what it prints has to find it there without colours.
    env: { SETTINGS: `${place.settings}\n${call.settings ?? ""}\n`, NO_COLOR: "1" },
  })
  let text = ""
  child.all.on("data", (data: Buffer) => (text += data.toString()))
  const printed = (expected: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (text.includes(expected)) resolve()
      }
      child.all.on("data", look)
      void child.then(() => resolve())
      look()
    })
  return {
    ended: child.then(({ exitCode, all }) => endedOf(exitCode, all, own)),
    printed,
    kill: () => child.kill("SIGKILL"),
    interrupt: () => child.kill("SIGINT"),
  }
}

async function endedOf(exitCode: number | undefined, text: string, folder: string): Promise<Ended> {
  const written = await readFile(join(folder, "result.json"), "utf8").catch(() => undefined)
  await rm(folder, { recursive: true, force: true })
  const result = written === undefined ? undefined : (JSON.parse(written) as DeployResult)
  return { exitCode, text, result }
}
