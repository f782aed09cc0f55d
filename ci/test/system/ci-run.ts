import { execa, type Options } from "execa"
import type { FunctionResult, StageResult } from "../../pipeline/outcome.js"

/** How a run of the pipeline ended. */
export interface CiRun {
  readonly exitCode: number | undefined
  readonly result: FunctionResult
  /** What a person would have read. */
  readonly text: string
  /** The result of one stage; throws when the run did not have it. */
  readonly stage: (name: string) => StageResult
}

/** What is tested here is this machine, also where an engine answers. */
export const ON_HOST = ["--on", "host"]

/** Runs `npm run ci -- … --json` in a folder and reads its document. */
export async function ciRun(
  cwd: string,
  args: readonly string[] = [],
  options: Options = {},
): Promise<CiRun> {
  const env = { ...options.env, CI: "true" }
  const called = args[0]?.startsWith("-") === false ? args : ["main", ...args]
  const flags = [...called, ...ON_HOST, "--json"]
  const ended = await execa("npm", ["run", "--silent", "ci", "--", ...flags], {
    ...{ cwd, env, reject: false, stdin: "ignore" },
  })
  const result = JSON.parse(ended.stdout) as FunctionResult
  const stage = (name: string) => {
    const found = result.stages.find((each) => each.name === name)
    if (!found) throw new Error(`no stage ${name} in ${JSON.stringify(result.stages)}`)
    return found
  }
  return { exitCode: ended.exitCode, result, text: ended.stderr, stage }
}
