import { columnHarm } from "./breaking/columns.js"
import type { Harm } from "./breaking/harm.js"
import { Known, type Tables } from "./breaking/known.js"
import { objectHarm } from "./breaking/objects.js"
import type { Finding } from "./finding.js"
import { parts, type Part } from "./part.js"
import type { Script } from "./script.js"
import { statements } from "./statement.js"

/**
 * What in migrations would break the version that serves while they are applied and after. What these migrations make
 * themselves is nobody's yet, and what the serving version no longer uses may go.
 * @param serving the tables that it uses, from its record; when that is not known, all are taken to be used
 * @throws MigrationProblem when a script is no SQL of PostgreSQL
 */
export async function breaking(scripts: readonly Script[], serving: Tables | undefined): Promise<Finding[]> {
  const known = new Known(serving)
  const found: Finding[] = []
  for (const { file, line, text, node } of await statements(scripts))
    for (const part of parts(node)) {
      found.push(...harm(part, known).map((each) => ({ file, line, statement: text, ...each })))
      known.note(part)
    }
  return found
}

function harm(part: Part, known: Known): Harm[] {
  return part.kind === "command" ? columnHarm(part, known) : objectHarm(part.node, known)
}
