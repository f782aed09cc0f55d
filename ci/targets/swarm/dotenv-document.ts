import { parse } from "dotenv"

/**
 * Stands behind each value while it is tried: after a backslash at a value's end, dotenv takes what follows for the same
 * value where a comment could begin.
 */
const FOLLOWING = ["A='#x'", 'B="#x"', "C=`#x`"].join("\n")

/**
 * A dotenv document from which dotenv reads exactly these variables.
 * @throws naming a variable whose value no quoting of dotenv can hold
 */
export function dotenvDocument(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(name, value)}\n`)
    .join("")
}

/** Which quoting holds a value is not calculated but tried, with the parser that will read it. */
function quoted(name: string, value: string): string {
  const escaped = value.replaceAll("\n", "\\n").replaceAll("\r", "\\r")
  const candidates = [`'${value}'`, `"${value}"`, `"${escaped}"`, `\`${value}\``, value]
  const found = candidates.find((candidate) => parse(`X=${candidate}\n${FOLLOWING}\n`)["X"] === value)
  if (found !== undefined) return found
  throw new Error(
    `expected ${name} to be a value that a dotenv document can hold, received one with every kind of quote; change it`,
  )
}
