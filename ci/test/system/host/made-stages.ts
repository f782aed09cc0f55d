import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { execa } from "execa"
import { onTestFinished } from "vitest"
import type { FunctionResult } from "../../../pipeline/outcome.js"
import type { Stage } from "../../../pipeline/stage.js"
import { as, type Caller } from "../caller.js"

const DRIVER = fileURLToPath(new URL("run-stages.ts", import.meta.url))
const TSX = import.meta.resolve("tsx")

/** A folder with a package.json of its own, whose scripts are the stages of a test. */
export interface Made {
  /** The caller's TMPDIR; what a run leaves is looked for here. */
  readonly temporary: string
  readonly folder: string
  /** Runs stages there, with further variables of the caller. */
  readonly run: (stages: readonly Partial<Stage>[], environment?: Record<string, string>) => Promise<MadeRun>
}

/** How such a run ended. */
export interface MadeRun {
  readonly result: FunctionResult
  /** What a person would have read. */
  readonly text: string
}

/** @param files `script name → JavaScript`; each becomes the npm script of that name */
export async function made(caller: Caller, files: Readonly<Record<string, string>>): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), "made-"))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, body] of Object.entries(files)) await writeFile(join(folder, `${name}.mjs`), body)
  const scripts = Object.fromEntries(Object.keys(files).map((name) => [name, `node ${name}.mjs`]))
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "made", private: true, scripts }))
  const options = await as(caller, folder)
  const run: Made["run"] = async (stages, environment) => {
    const args = ["--import", TSX, DRIVER, JSON.stringify(stages.map(complete))]
    const env = { ...options.env, ...environment }
    const ended = await execa(process.execPath, args, { ...options, env, stdin: "ignore", timeout: 180_000 })
    return { result: JSON.parse(String(ended.stdout)) as FunctionResult, text: String(ended.stderr) }
  }
  return { folder, temporary: options.env["TMPDIR"] ?? "", run }
}

function complete(stage: Partial<Stage>): Stage {
  const name = stage.name ?? "made"
  const rest = { runs: { script: name }, timeoutSeconds: 60, repeat: `npm run ${name}` }
  return { name, summary: "made for a test", ...rest, ...stage }
}
