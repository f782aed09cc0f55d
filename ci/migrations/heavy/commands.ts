import type { AlterTableCmd, Constraint } from "libpg-query"
import { addedColumn, constraintsOf, isSerial, type Column } from "../column.js"
import { columnNames } from "../names.js"
import { REWRITES, SCANS, STOPS_WRITES, type Weight } from "./weight.js"

type Heavy = Omit<Weight, "table">

const NEW_COLUMN =
  "add a new column, copy in parts of some thousand rows, and drop the old one in a later release"
const FILL_LATER = "add the column without a value, and fill it in parts of some thousand rows"
const CONCURRENTLY =
  "CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own, then ADD CONSTRAINT … USING INDEX in the next"
const VALIDATE = "add it NOT VALID, and VALIDATE CONSTRAINT in the next migration"
const CHECKED =
  "ADD CONSTRAINT … CHECK (… IS NOT NULL) NOT VALID, in the next migration VALIDATE CONSTRAINT, and in the next release SET NOT NULL"
const BY_HAND = "do it by hand at a quiet hour, outside a deploy"

const REWRITING: Readonly<Record<string, string>> = {
  AT_AlterColumnType: NEW_COLUMN,
  AT_SetLogged: BY_HAND,
  AT_SetUnLogged: BY_HAND,
  AT_SetTableSpace: BY_HAND,
  AT_SetAccessMethod: BY_HAND,
  AT_SetExpression: NEW_COLUMN,
}
/** Functions in a default that have the same value for every row, so that it is kept once. */
const SAME_FOR_ALL = [
  "now",
  "transaction_timestamp",
  "statement_timestamp",
  "timezone",
  "date_trunc",
  "lower",
  "upper",
]

/** What a command of an `ALTER TABLE` does to a table with many rows. */
export function commandWeight({ subtype = "AT_AddColumn", def }: AlterTableCmd): Heavy[] {
  const rewriting = REWRITING[subtype]
  if (rewriting !== undefined) return [{ does: REWRITES, instead: rewriting }]
  if (subtype === "AT_SetNotNull") return [{ does: SCANS, instead: CHECKED }]
  if (subtype === "AT_AddConstraint") return constraintsOf(def && [def]).flatMap(constraintWeight)
  const column = subtype === "AT_AddColumn" ? addedColumn(def) : undefined
  return column ? columnWeight(column) : []
}

function columnWeight(column: Column): Heavy[] {
  const rewrites = isSerial(column.definition) || column.constraints.some(isOfEachRow)
  // Of an empty column a check or foreign key is read, too, where it is not said to be NOT VALID.
  return [
    ...(rewrites ? [{ does: REWRITES, instead: FILL_LATER }] : []),
    ...column.constraints.flatMap(constraintWeight),
  ]
}

/** Whether each row gets a value of its own, which then has to be written into each. */
function isOfEachRow({ contype, raw_expr }: Constraint): boolean {
  if (contype === "CONSTR_IDENTITY" || contype === "CONSTR_GENERATED") return true
  return contype === "CONSTR_DEFAULT" && functionsIn(raw_expr).some((name) => !SAME_FOR_ALL.includes(name))
}

function functionsIn(expression: unknown): string[] {
  if (typeof expression !== "object" || expression === null) return []
  if (!("FuncCall" in expression)) return Object.values(expression).flatMap(functionsIn)
  const { funcname, args } = expression.FuncCall as {
    funcname?: Parameters<typeof columnNames>[0]
    args?: unknown
  }
  return [...columnNames(funcname).slice(-1), ...functionsIn(args)]
}

function constraintWeight({ contype = "CONSTR_NULL", skip_validation, indexname }: Constraint): Heavy[] {
  const isIndexed = ["CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION"].includes(contype)
  if (isIndexed) return indexname === undefined ? [{ does: SCANS, instead: CONCURRENTLY }] : []
  if (skip_validation) return []
  if (contype === "CONSTR_CHECK") return [{ does: SCANS, instead: VALIDATE }]
  return contype === "CONSTR_FOREIGN" ? [{ does: STOPS_WRITES, instead: VALIDATE }] : []
}
