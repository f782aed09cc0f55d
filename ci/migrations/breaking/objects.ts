import type { AlterEnumStmt, DropStmt, Node, TruncateStmt } from "libpg-query"
import { columnNames, objectName, tableName, typeName } from "../names.js"
import { uniqueIndexHarm } from "./constraints.js"
import { CONTRACT_LATER, EXPAND_BESIDE, type Harm } from "./harm.js"
import type { Known } from "./known.js"
import { renameHarm } from "./renames.js"

const TABLES = ["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE"]
/** A record says nothing of these. */
const UNRECORDED: Readonly<Record<string, string>> = {
  OBJECT_SEQUENCE: "sequence",
  OBJECT_FUNCTION: "function",
  OBJECT_PROCEDURE: "procedure",
  OBJECT_SCHEMA: "schema",
  OBJECT_EXTENSION: "extension",
}
const MAY_CHANGE = /\b(drop|alter|rename|truncate)\b/i

/** What a statement other than `ALTER TABLE` does to the version that serves. */
export function objectHarm(node: Node, known: Known): Harm[] {
  if ("DropStmt" in node) return dropHarm(node.DropStmt, known)
  if ("RenameStmt" in node) return renameHarm(node.RenameStmt, known)
  if ("AlterEnumStmt" in node) return valueHarm(node.AlterEnumStmt, known)
  if ("IndexStmt" in node) return uniqueIndexHarm(node.IndexStmt, known)
  if ("TruncateStmt" in node) return truncateHarm(node.TruncateStmt, known)
  if ("AlterObjectSchemaStmt" in node) return movedHarm(tableName(node.AlterObjectSchemaStmt.relation), known)
  return "DoStmt" in node && MAY_CHANGE.test(JSON.stringify(node)) ? [OPAQUE] : []
}

const OPAQUE: Harm = {
  why: "what a DO block changes can't be read from outside, and it may be what the serving version uses",
  instead: "write its statements as they are",
}

function dropHarm({ removeType = "OBJECT_TABLE", objects = [], behavior }: DropStmt, known: Known): Harm[] {
  const names = objects.map(objectName).filter((name) => !known.isNew(name))
  if (TABLES.includes(removeType)) return names.filter((name) => known.usesTable(name)).map(used)
  // A type that a column still has is not dropped, so one that is dropped with nothing else is no longer used.
  const isType = ["OBJECT_TYPE", "OBJECT_DOMAIN"].includes(removeType)
  if (isType) return behavior === "DROP_CASCADE" || known.serving === undefined ? names.map(used) : []
  const word = UNRECORDED[removeType]
  return word === undefined ? [] : names.map((name) => unrecorded(`${word} ${name}`))
}

const used = (name: string): Harm => ({ why: `the serving version uses ${name}`, instead: CONTRACT_LATER })

const unrecorded = (what: string): Harm => ({
  why: `the serving version may use the ${what}; its record does not say`,
  instead: `${CONTRACT_LATER}; when the serving version does not use it, let it through`,
})

function valueHarm({ typeName: name, oldVal, newVal }: AlterEnumStmt, known: Known): Harm[] {
  const type = typeName(name)
  if (oldVal === undefined || known.isNew(type)) return []
  return [
    {
      why: `the serving version reads and writes ${oldVal} of ${type}, and does not know ${newVal}`,
      instead: EXPAND_BESIDE,
    },
  ]
}

function truncateHarm({ relations }: TruncateStmt, known: Known): Harm[] {
  const tables = columnNames(relations).filter((table) => known.usesTable(table))
  return tables.map((table) => ({
    why: `the serving version shows the rows of ${table}`,
    instead: CONTRACT_LATER,
  }))
}

function movedHarm(table: string, known: Known): Harm[] {
  if (table !== "" && !known.usesTable(table)) return []
  return [
    {
      why: `the serving version looks for ${table || "it"} in the schema where it is`,
      instead: EXPAND_BESIDE,
    },
  ]
}
