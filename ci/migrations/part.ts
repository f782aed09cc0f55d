import type { AlterTableCmd, Node } from "libpg-query"
import { tableName } from "./names.js"

/** What is judged by itself: a statement, or one of the commands of an `ALTER TABLE`, which can have many. */
export type Part =
  | { readonly kind: "statement"; readonly node: Node }
  | { readonly kind: "command"; readonly table: string; readonly command: AlterTableCmd }

/** The parts of a statement, in order. */
export function parts(node: Node): Part[] {
  if (!("AlterTableStmt" in node)) return [{ kind: "statement", node }]
  const { relation, cmds = [] } = node.AlterTableStmt
  const table = tableName(relation)
  return cmds.flatMap((each) =>
    "AlterTableCmd" in each ? [{ kind: "command", table, command: each.AlterTableCmd }] : [],
  )
}
