import { parse } from "dotenv"

/** Stands behind each value while it is tried, because a wrong quote swallows what follows it. */
const NEXT = "NEXT='x'"

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
  const found = candidates.find((candidate) => {
    const read = parse(`X=${candidate}\n${NEXT}\n`)
    return read["X"] === value && read["NEXT"] === "x"
  })
  if (found !== undefined) return found
  throw new Error(
    `expected ${name} to be a value that a dotenv document can hold, received one with every kind of quote; change it`,
  )
}
