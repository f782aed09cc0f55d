import type { Constraint, IndexStmt } from "libpg-query"
import type { Column } from "../column.js"
import { columnNames, columnsIn, tableName } from "../names.js"
import type { Harm } from "./harm.js"
import type { Known } from "./known.js"

const INSTEAD =
  "let one release keep to it first, and add it in a later one; when the serving version already keeps to it, let it through"

const WORDS: Readonly<Record<string, string>> = {
  CONSTR_CHECK: "check",
  CONSTR_UNIQUE: "unique constraint",
  CONSTR_PRIMARY: "primary key",
  CONSTR_FOREIGN: "foreign key",
  CONSTR_EXCLUSION: "exclusion",
}

/** A constraint and where it is. */
interface Placed {
  readonly table: string
  readonly constraint: Constraint
  /** The new column in whose definition it stands. */
  readonly own?: Column
}

/** What a new constraint does to the version that serves: rows that it writes may be refused. */
export function constraintHarm({ table, constraint, own }: Placed, known: Known): Harm[] {
  const word = WORDS[constraint.contype ?? ""]
  if (word === undefined || !known.usesTable(table)) return []
  const columns = own ? [own.name] : columnsOf(constraint)
  const isNew = columns.length > 0 && columns.every((column) => isLeftEmpty({ table, column, own }, known))
  // A check lets an empty column pass, unless it asks whether it is empty.
  const isPassed =
    isNew && constraint.contype !== "CONSTR_PRIMARY" && !JSON.stringify(constraint).includes('"NullTest"')
  return isPassed ? [] : [refused(word, table, columns)]
}

/** The same of a unique index. */
export function uniqueIndexHarm({ relation, indexParams, unique }: IndexStmt, known: Known): Harm[] {
  const table = tableName(relation)
  if (!unique || !known.usesTable(table)) return []
  const columns = columnNames(indexParams)
  const isWhole = columns.length === indexParams?.length
  const isNew = isWhole && columns.every((column) => isLeftEmpty({ table, column }, known))
  return isNew ? [] : [refused("unique index", table, columns)]
}

function columnsOf({ keys, fk_attrs, raw_expr }: Constraint): string[] {
  return [...columnNames(keys), ...columnNames(fk_attrs), ...columnsIn(raw_expr)]
}

interface Place {
  readonly table: string
  readonly column: string
  readonly own?: Column | undefined
}

/** Whether every row that the serving version writes has nothing in a column. */
function isLeftEmpty({ table, column, own }: Place, known: Known): boolean {
  if (own) return !own.hasDefault
  return !known.usesColumn(table, column) && known.said(table, column).hasDefault !== true
}

function refused(word: string, table: string, columns: readonly string[]): Harm {
  const on = columns.length > 0 ? ` on ${columns.join(", ")}` : ""
  return {
    why: `rows that the serving version writes may be refused by the new ${word}${on} of ${table}`,
    instead: INSTEAD,
  }
}
