import { Known } from "./breaking/known.js"
import type { FilledColumns } from "./filled-columns.js"
import type { Finding } from "./finding.js"
import { commandWeight } from "./heavy/commands.js"
import { statementWeight } from "./heavy/statements.js"
import type { Weight } from "./heavy/weight.js"
import { parts, type Part } from "./part.js"
import type { Script } from "./script.js"
import type { Sizes } from "./sizes.js"
import { statements } from "./statement.js"

/** How large the tables are, and from where on that is large. */
export interface Measure {
  /** See `tableSizes`. */
  readonly sizes: Sizes
  /** In rows: LARGE_TABLE_ROWS of the settings. */
  readonly large: number
  /** See `filledColumns`. */
  readonly filled?: FilledColumns
}

/**
 * What in migrations would keep requests waiting because a table is large: statements that rewrite it, or read all of it
 * under a lock.
 * @throws MigrationProblem when a script is no SQL of PostgreSQL
 */
export async function heavy(
  scripts: readonly Script[],
  { sizes, large, filled }: Measure,
): Promise<Finding[]> {
  const known = new Known(undefined)
  const found: Finding[] = []
  const all = await statements(scripts)
  const losing = new Set(all.flatMap(({ node }) => parts(node).flatMap(losesConstraint)))
  for (const { file, line, text: statement, node } of all)
    for (const part of parts(node)) {
      const proven = part.kind === "command" && losing.has(part.table) ? undefined : filled
      for (const { table, does, instead } of weights(part, proven)) {
        const rows = known.isNew(table) ? 0 : (sizes.get(table) ?? 0)
        if (rows >= large)
          found.push({ file, line, statement, why: `${table} has about ${rows} rows; this ${does}`, instead })
      }
      known.note(part)
    }
  return found
}

/** The table whose checks are counted on no more, whichever of them goes. */
const losesConstraint = (part: Part) =>
  part.kind === "command" && part.command.subtype === "AT_DropConstraint" ? [part.table] : []

function weights(part: Part, filled?: FilledColumns): Weight[] {
  if (part.kind === "statement") return statementWeight(part.node)
  const { subtype, name } = part.command
  if (subtype === "AT_SetNotNull" && filled?.has(`${part.table}.${name}`)) return []
  return commandWeight(part.command).map((each) => ({ table: part.table, ...each }))
}
