import type { Node } from "libpg-query"
import { columnNames, tableName } from "../names.js"
import { REWRITES, SCANS, STOPS_WRITES, type Weight } from "./weight.js"

const ALONE = "CONCURRENTLY, in a migration that has nothing else in it"
const BY_HAND = "do it by hand at a quiet hour, outside a deploy"
const IN_PARTS =
  "do it in parts of some thousand rows, each in a transaction of its own, outside the migration"

/** What a statement other than `ALTER TABLE` does to tables with many rows. */
export function statementWeight(node: Node): Weight[] {
  if ("IndexStmt" in node) {
    const { relation, concurrent } = node.IndexStmt
    return concurrent ? [] : weigh([tableName(relation)], STOPS_WRITES, ALONE)
  }
  if ("ClusterStmt" in node) return weigh([tableName(node.ClusterStmt.relation)], REWRITES, BY_HAND)
  if ("ReindexStmt" in node) {
    const { relation, params } = node.ReindexStmt
    return has(params, "concurrently") ? [] : weigh([tableName(relation)], STOPS_WRITES, ALONE)
  }
  if ("RefreshMatViewStmt" in node) {
    const { relation, concurrent } = node.RefreshMatViewStmt
    return concurrent ? [] : weigh([tableName(relation)], SCANS, ALONE)
  }
  return rowsWeight(node)
}

function rowsWeight(node: Node): Weight[] {
  if ("VacuumStmt" in node) return vacuumWeight(node.VacuumStmt.options, node.VacuumStmt.rels)
  if ("LockStmt" in node)
    return weigh(columnNames(node.LockStmt.relations), "locks it until the migration ends", IN_PARTS)
  const change = "UpdateStmt" in node ? node.UpdateStmt : "DeleteStmt" in node ? node.DeleteStmt : undefined
  if (change === undefined || change.whereClause !== undefined) return []
  return weigh([tableName(change.relation)], "locks every row of it until the migration ends", IN_PARTS)
}

function vacuumWeight(options: readonly Node[] | undefined, rels: readonly Node[] = []): Weight[] {
  if (!has(options, "full")) return []
  const tables = rels.flatMap((each) =>
    "VacuumRelation" in each ? [tableName(each.VacuumRelation.relation)] : [],
  )
  return weigh(tables, REWRITES, BY_HAND)
}

function weigh(tables: readonly string[], does: string, instead: string): Weight[] {
  return tables.map((table) => ({ table, does, instead }))
}

function has(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some((option) => "DefElem" in option && option.DefElem.defname === name)
}
