import { escapeIdentifier, escapeLiteral } from "pg"
import type { Declaration, Treatment } from "../columns.js"
import type { Columns } from "./undeclared.js"

const LOREM =
  "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. "
const HASH_DIGITS = 12

/** What is done to a database, table by table. */
export interface Plan {
  readonly columns: Columns
  readonly declared: Readonly<Record<string, Declaration>>
  /** Unknown to everybody, so that a hash can't be guessed. */
  readonly salt: string
}

/** The statements that replace every declared column and empty the declared tables. */
export function statements({ columns, declared, salt }: Plan): string[] {
  const tables = Object.keys(columns)
  const emptied = tables.filter((table) => declared[table] === "empty").map(quoted)
  const updates = tables.flatMap((table) =>
    update(table, assignments(columns[table] ?? [], declared[table], salt)),
  )
  return [...(emptied.length > 0 ? [`TRUNCATE ${emptied.join(", ")}`] : []), ...updates]
}

function update(table: string, set: readonly string[]): string[] {
  return set.length > 0 ? [`UPDATE ${quoted(table)} SET ${set.join(", ")}`] : []
}

function assignments(names: readonly string[], declaration: Declaration | undefined, salt: string): string[] {
  if (declaration === undefined || declaration === "empty") return []
  return names.flatMap((name) => {
    const value = replacement(escapeIdentifier(name), declaration[name] ?? "keep", salt)
    return value === undefined ? [] : [`${escapeIdentifier(name)} = ${value}`]
  })
}

/** The SQL of what takes a value's place; undefined when it stays. What is NULL stays so, except by `fixed`. */
function replacement(column: string, treatment: Treatment, salt: string): string | undefined {
  if (typeof treatment === "object") return escapeLiteral(treatment.fixed)
  switch (treatment) {
    case "keep":
      return undefined
    case "null":
      return "NULL"
    case "lorem":
      return `left(repeat(${escapeLiteral(LOREM)}, length(${column}) / ${LOREM.length} + 1), length(${column}))`
    case "hash":
      return `left(encode(sha256(convert_to(${escapeLiteral(salt)} || ${column}, 'UTF8')), 'hex'), ${HASH_DIGITS})`
  }
}

/** The schema's name holds no dot. */
function quoted(table: string): string {
  const dot = table.indexOf(".")
  return `${escapeIdentifier(table.slice(0, dot))}.${escapeIdentifier(table.slice(dot + 1))}`
}
