import type { ColumnDef, Constraint, Node } from "libpg-query"
import { typeName } from "./names.js"

/** A column as `ADD COLUMN` describes it. */
export interface Column {
  readonly name: string
  /** Whether a row that says nothing of it gets a value. */
  readonly hasDefault: boolean
  /** Whether every row has to have a value. */
  readonly isRequired: boolean
  readonly constraints: readonly Constraint[]
  readonly definition: ColumnDef
}

const SERIAL = /^(small|big)?serial[248]?$/
const FILLED = ["CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED"]
const REQUIRED = ["CONSTR_NOTNULL", "CONSTR_PRIMARY"]

/** The column that a command adds; undefined for a command that adds none. */
export function addedColumn(definition: Node | undefined): Column | undefined {
  if (definition === undefined || !("ColumnDef" in definition)) return undefined
  const { ColumnDef: column } = definition
  const constraints = constraintsOf(column.constraints)
  const has = (kinds: readonly string[]) =>
    constraints.some((each) => kinds.includes(each.contype ?? "") && !isNull(each.raw_expr))
  return {
    name: column.colname ?? "",
    hasDefault: isSerial(column) || has(FILLED),
    isRequired: has(REQUIRED),
    constraints,
    definition: column,
  }
}

/** Whether it is filled from a sequence of its own. */
export function isSerial({ typeName: type }: ColumnDef): boolean {
  return SERIAL.test(typeName(type?.names))
}

/** The constraints in a list of the parser's. */
export function constraintsOf(nodes: readonly Node[] | undefined): Constraint[] {
  return (nodes ?? []).flatMap((node) => ("Constraint" in node ? [node.Constraint] : []))
}

/** `DEFAULT NULL` is no default. */
function isNull(expression: Node | undefined): boolean {
  return expression !== undefined && "A_Const" in expression && expression.A_Const.isnull === true
}
