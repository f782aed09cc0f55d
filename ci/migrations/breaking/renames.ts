import type { RenameStmt } from "libpg-query"
import { objectName, tableName } from "../names.js"
import { EXPAND_BESIDE, type Harm } from "./harm.js"
import type { Known } from "./known.js"

type Rule = (rename: RenameStmt, known: Known) => string | undefined

const unlessNew = (name: string, known: Known) => (known.isNew(name) ? undefined : name)
const table: Rule = ({ relation }, known) => {
  const name = tableName(relation)
  return known.usesTable(name) ? name : undefined
}
const object: Rule = (rename, known) => unlessNew(objectName(rename.object), known)

/** The old name, when the serving version uses it or may do so. */
const RULES: Readonly<Record<string, Rule>> = {
  OBJECT_TABLE: table,
  OBJECT_VIEW: table,
  OBJECT_MATVIEW: table,
  OBJECT_COLUMN: ({ relation, subname = "" }, known) => {
    const name = tableName(relation)
    return known.usesColumn(name, subname) ? `the column ${subname} of ${name}` : undefined
  },
  OBJECT_SEQUENCE: ({ relation }, known) => unlessNew(tableName(relation), known),
  OBJECT_SCHEMA: ({ subname = "" }, known) => unlessNew(subname, known),
  OBJECT_TYPE: object,
  OBJECT_DOMAIN: object,
  OBJECT_FUNCTION: object,
  OBJECT_PROCEDURE: object,
}

/** What a `RENAME` does to the version that serves: it knows the old name alone. */
export function renameHarm(rename: RenameStmt, known: Known): Harm[] {
  const name = RULES[rename.renameType ?? ""]?.(rename, known)
  if (name === undefined) return []
  return [{ why: `the serving version knows ${name} by that name`, instead: EXPAND_BESIDE }]
}
