import { parseArgs } from "node:util"
import { optionProblem } from "./option.js"
import type { PipelineFunction } from "./pipeline/function.js"
import { PLACES, type Place } from "./executor.js"
import { FUNCTIONS, MAIN } from "./pipeline/functions.js"
import { UsageError } from "./usage-error.js"

/** A command line, understood. */
export interface ParsedCall {
  readonly called: PipelineFunction
  /** The flags that were given, and the defaults of those that were not. */
  readonly options: Readonly<Record<string, string | undefined>>
  /** Where it is to run. */
  readonly place: Place
  readonly json: boolean
  readonly help: boolean
}

/**
 * Understands a command line: `[function] [--flag value …] [--on host|dagger|auto] [--json] [--help]`.
 * @param environment where a function's variables are looked up
 * @throws UsageError
 */
export function parseCall(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ParsedCall {
  const [first = MAIN, ...others] = argv
  const [name, rest] = first.startsWith("-") ? [MAIN, argv] : [first, others]
  const called = FUNCTIONS.find((each) => each.name === name)
  if (!called) throw new UsageError(`expected a function, received ${name}; npm run ci -- list shows them`)
  const { json = false, help = false, on = "auto", ...given } = flags(called, rest)
  const options = { ...defaults(called), ...strings(given) }
  if (!help) checkRequired(called, options, environment)
  return { called, options, place: placeOf(on), json, help }
}

function placeOf(word: string): Place {
  const place = PLACES.find((each) => each === word)
  if (!place) throw new UsageError(`expected --on to be one of ${PLACES.join(", ")}, received ${word}`)
  return place
}

/** Flags of every function. */
const COMMON = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  on: { type: "string" },
} as const

function flags(called: PipelineFunction, argv: readonly string[]) {
  const options = Object.fromEntries(
    (called.options ?? []).map(({ name, isFlag }) => [
      name,
      { type: isFlag ? ("boolean" as const) : ("string" as const) },
    ]),
  )
  try {
    return parseArgs({ args: [...argv], options: { ...options, ...COMMON }, strict: true }).values
  } catch (error) {
    const help = `npm run ci -- ${called.name} --help shows what it takes`
    throw new UsageError(`${called.name}: ${(error as Error).message}; ${help}`, { cause: error })
  }
}

function strings(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const isGiven = ([, value]: [string, unknown]) => typeof value === "string" || value === true
  return Object.fromEntries(
    Object.entries(values)
      .filter(isGiven)
      .map(([name, value]) => [name, String(value)]),
  )
}

function defaults(called: PipelineFunction): Record<string, string> {
  return Object.fromEntries(
    (called.options ?? []).flatMap((o) => (o.default === undefined ? [] : [[o.name, o.default]])),
  )
}

function checkRequired(
  called: PipelineFunction,
  options: ParsedCall["options"],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const problems = (called.options ?? []).flatMap(
    (option) => optionProblem(option, options[option.name]) ?? [],
  )
  const missing = (called.variables ?? [])
    .filter((variable) => variable.required && !environment[variable.name])
    .map(({ name, summary }) => `the environment variable ${name}: ${summary}`)
  const all = [...problems, ...missing]
  if (all.length > 0) throw new UsageError(`${called.name} expected ${all.join("; and ")}`)
}
