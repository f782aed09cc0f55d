import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { parseArgs } from "node:util"
import { createColors } from "picocolors"
import { isRed } from "../pipeline/outcome.js"
import { annotations } from "./annotations.js"
import { readEvidence } from "./evidence.js"
import { failure } from "./failure.js"
import { newestRun } from "./newest-run.js"
import { summary } from "./summary.js"

const flag = { type: "string" } as const

/**
 * `npm run report -- [--evidence <folder>] [--output <folder>]`: makes a folder of what a run left behind, with `summary.md`,
 * `annotations.txt`, logs and JUnit, and prints what failed. Default: the newest run of this checkout, into `.runs/report`.
 */
async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { evidence: flag, output: flag } })
  const folder = values.evidence ?? (await newestRun())
  const output = values.output ?? ".runs/report"
  const evidence = await readEvidence(folder)
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  await writeFile(join(output, "summary.md"), summary(evidence))
  await writeFile(
    join(output, "annotations.txt"),
    annotations(evidence)
      .map((line) => `${line}\n`)
      .join(""),
  )
  await copyFiles(folder, output)
  for (const { result, ...left } of evidence) {
    if (isRed(result.state)) console.log(failure({ ...left, result, logs: undefined }, createColors(false)))
  }
}

async function copyFiles(folder: string, output: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const kept = names.filter((name) => /\.(log|xml)$/.test(name))
  await Promise.all(kept.map((name) => copyFile(join(folder, name), join(output, basename(name)))))
}

await main(process.argv.slice(2))
