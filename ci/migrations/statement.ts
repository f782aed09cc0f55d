import { hasSqlDetails, parse, type Node, type ParseResult, type RawStmt } from "libpg-query"
import { MigrationProblem } from "./problem.js"
import type { Script } from "./script.js"

const SHOWN_CHARACTERS = 100
/** Blanks and comments before a statement; the parser counts them to it. */
const LEAD = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/

/** One statement of a migration, as PostgreSQL's own parser understands it. */
export interface Statement {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** On one line, shortened. */
  readonly text: string
  readonly node: Node
}

/**
 * The statements of scripts, in order.
 * @throws MigrationProblem with file and line when one is no SQL of PostgreSQL
 */
export async function statements(scripts: readonly Script[]): Promise<Statement[]> {
  return (await Promise.all(scripts.map(statementsOf))).flat()
}

async function statementsOf(script: Script): Promise<Statement[]> {
  const { stmts = [] } = await parsed(script)
  return stmts.flatMap((raw) => statement(raw, script))
}

async function parsed(script: Script): Promise<ParseResult> {
  // The parser takes no text without a character in it.
  if (script.sql.trim() === "") return {}
  try {
    return (await parse(script.sql)) as ParseResult
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new MigrationProblem(
      `expected SQL of PostgreSQL, found at ${script.file}:${lineOf(error, script)}: ${reason}`,
      { cause: error },
    )
  }
}

function lineOf(error: unknown, { sql }: Script): number {
  const isPlaced = error instanceof Error && hasSqlDetails(error)
  return isPlaced ? lineAt(sql, error.sqlDetails.cursorPosition) : 1
}

function statement({ stmt, stmt_location, stmt_len }: RawStmt, { file, sql }: Script): Statement[] {
  if (stmt === undefined) return []
  const bytes = Buffer.from(sql)
  const start = stmt_location ?? 0
  // The parser counts bytes; no length is up to the end.
  const whole = bytes.subarray(start, stmt_len ? start + stmt_len : undefined).toString()
  const lead = LEAD.exec(whole)?.[0] ?? ""
  const line = lineAt(bytes.subarray(0, start).toString() + lead, Infinity)
  return [{ file, line, text: shortened(whole.slice(lead.length)), node: stmt }]
}

const lineAt = (text: string, position: number) => text.slice(0, position).split("\n").length

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS - 1)}…` : line
}
