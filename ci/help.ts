import type { PipelineFunction } from "./pipeline/function.js"
import { FUNCTIONS, MAIN } from "./pipeline/functions.js"
import { STAGES } from "./pipeline/stages.js"

const HEAD = `Usage: npm run ci -- [function] [flags]

Without a function: the main job.`

const TAIL = `Flags of every function:
  --on     host, dagger or auto: where it runs (default auto: in Dagger when an engine answers within 3 s)
  --json   print one JSON document on standard output, and all else on standard error
  --help   say what a function does and takes

Exit codes: 0 nothing failed; 1 a stage failed or could not run; 2 wrong use; 3 a deploy was taken back and
the old version serves; 4 a person must look; 130 interrupted.`

const FROM = {
  commit: "default: the commit that is checked out",
  origin: "default: git's origin",
  account: "default: the account",
}

/** What `list` prints: every function and what it does. */
export function list(): string {
  return columns(FUNCTIONS.map(({ name, summary }) => [name === MAIN ? `${name} (default)` : name, summary]))
}

/** What `--help` prints without a function. */
export function help(): string {
  return [HEAD, "", "Functions:", list(), "", TAIL].join("\n")
}

/** What `--help` prints for one function. */
export function functionHelp(called: PipelineFunction): string {
  const flags = (called.options ?? []).map((option) => {
    const facts = [
      option.values?.join(", "),
      option.required && "required",
      option.default && `default ${option.default}`,
      option.from && FROM[option.from],
    ]
    return [
      option.isFlag ? `--${option.name}` : `--${option.name} <${option.value}>`,
      `${option.summary}${bracketed(facts)}`,
    ]
  })
  const variables = (called.variables ?? []).map(({ name, summary, required }) => [
    name,
    `${summary}${bracketed([required && "required"])}`,
  ])
  const stages = STAGES.filter(({ name }) => called.stages.includes(name)).map(({ name, summary }) => [
    name,
    summary,
  ])
  return [
    `Usage: npm run ci -- ${called.name} [flags]`,
    "",
    called.summary,
    ...section("Flags", flags),
    ...section("Environment", variables),
    ...section("Stages", stages),
  ].join("\n")
}

function section(title: string, rows: string[][]): string[] {
  return rows.length === 0 ? [] : ["", `${title}:`, columns(rows)]
}

function bracketed(facts: readonly (string | false | undefined)[]): string {
  const known = facts.filter(Boolean)
  return known.length === 0 ? "" : ` (${known.join("; ")})`
}

function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([first = ""]) => first.length))
  return rows.map(([first = "", second = ""]) => `  ${first.padEnd(width)}  ${second}`).join("\n")
}
