import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { run } from "../host/run.js"
import type { Reporter } from "../host/report/reporter.js"
import type { Stage } from "../pipeline/stage.js"
import { inTurn, median, row } from "./figures.js"

const NOTHING: Stage = {
  name: "nothing",
  summary: "does nothing",
  runs: { script: "nothing" },
  timeoutSeconds: 10,
  repeat: "npm run nothing",
}

const SILENT: Reporter = {
  started: () => undefined,
  line: () => undefined,
  ended: () => undefined,
  notice: () => undefined,
  finished: () => undefined,
}

/** What the executor adds to a stage that does nothing, against the same npm script called directly. */
export async function benchOverhead(rounds: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "aca-bench-"))
  const home = process.cwd()
  try {
    await writeFile(join(folder, "package.json"), JSON.stringify({ scripts: { nothing: "true" } }))
    process.chdir(folder)
    const [direct, executed] = await inTurn(rounds, {
      "npm run nothing": () => execa("npm", ["run", "--silent", "nothing"]),
      "the same as a stage of a run": async () => {
        const { signal } = new AbortController()
        await run({ name: "nothing", stages: [NOTHING], facts: {}, signal, reporter: () => SILENT })
      },
    })
    if (!direct || !executed) return []
    const added = `  the executor adds ${(median(executed) - median(direct)).toFixed(0)} ms (goal: under 150 ms)`
    return [row(direct, direct), row(executed, direct), added]
  } finally {
    process.chdir(home)
    await rm(folder, { recursive: true, force: true })
  }
}
