import { readdir, readFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { outcomeOf, type StageResult } from "../pipeline/outcome.js"
import { inParts } from "../pipeline/parts.js"
import type { Stage } from "../pipeline/stage.js"
import { STAGES } from "../pipeline/stages.js"
import type { Finding } from "./findings/finding.js"
import { findings } from "./findings/findings.js"
import { reasonOf } from "./reason.js"

/** Those of this machine and those of an executor that runs parts by themselves, in order. */
const ALL_STAGES = [...STAGES, ...inParts(STAGES)]

/** What a stage left behind. */
export interface Evidence {
  readonly stage: Stage
  readonly result: StageResult
  readonly output: readonly string[]
  readonly findings: readonly Finding[]
}

/**
 * Reads what stages left in a folder: `<stage>.exit` with the exit code of its command, `<stage>.log` with its output, at any
 * depth. Files of no stage are passed over.
 */
export async function readEvidence(folder: string): Promise<Evidence[]> {
  const names = await readdir(folder, { recursive: true })
  const files = names.filter((name) => name.endsWith(".exit")).map((name) => join(folder, name))
  const all = await Promise.all(files.map(readStage))
  const order = ALL_STAGES.map(({ name }) => name)
  return all
    .flatMap((evidence) => evidence ?? [])
    .sort((a, b) => order.indexOf(a.stage.name) - order.indexOf(b.stage.name))
}

async function readStage(file: string): Promise<Evidence | undefined> {
  const name = basename(file, ".exit")
  const stage = ALL_STAGES.find((each) => each.name === name)
  if (!stage) return undefined
  const log = await readFile(file.replace(/\.exit$/, ".log"), "utf8").catch(() => "")
  const output = log.trimEnd().split("\n")
  const state = outcomeOf(Number(await readFile(file, "utf8")))
  const result = { name, state, seconds: 0, reason: reasonOf(state, output) }
  return { stage, result, output, findings: state === "failed" ? findings(output) : [] }
}
