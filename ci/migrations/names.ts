import type { Node, RangeVar } from "libpg-query"

/** The schema whose tables have no prefix in a release's record. */
const OWN_SCHEMA = "public"

/** A table's name as the records have it: with its schema only where that is not the usual one. */
export function tableName(relation: RangeVar | undefined): string {
  return joined([relation?.schemaname, relation?.relname])
}

/** The same from a list of names, as `DROP TABLE` has it. */
export function objectName(node: Node | undefined): string {
  return joined(words(node))
}

/** The same from names one by one, as types have them. */
export function typeName(names: readonly Node[] | undefined): string {
  return joined((names ?? []).flatMap(words))
}

/** Names of columns, as keys and constraints list them. */
export function columnNames(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).flatMap(words)
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== OWN_SCHEMA).join(".")
}

function words(node: Node | undefined): string[] {
  if (node === undefined) return []
  if ("String" in node) return node.String.sval === undefined ? [] : [node.String.sval]
  if ("List" in node) return (node.List.items ?? []).flatMap(words)
  if ("TypeName" in node) return (node.TypeName.names ?? []).flatMap(words)
  if ("ObjectWithArgs" in node) return (node.ObjectWithArgs.objname ?? []).flatMap(words)
  if ("IndexElem" in node) return node.IndexElem.name === undefined ? [] : [node.IndexElem.name]
  if ("RangeVar" in node) return [tableName(node.RangeVar)]
  return []
}

/** Every column that an expression names. */
export function columnsIn(expression: unknown): string[] {
  if (typeof expression !== "object" || expression === null) return []
  if ("ColumnRef" in expression) {
    const { fields } = expression.ColumnRef as { fields?: Node[] }
    return columnNames(fields).slice(-1)
  }
  return Object.values(expression).flatMap(columnsIn)
}
