import type { Node, RenameStmt } from "libpg-query"
import { addedColumn } from "../column.js"
import { tableName, typeName } from "../names.js"
import type { Part } from "../part.js"

/** Tables with their columns, as a release's record has them. */
export type Tables = Readonly<Record<string, readonly string[]>>

/** What the migrations have said of a column so far. */
interface Said {
  readonly isAdded?: boolean
  readonly hasDefault?: boolean
  readonly isRequired?: boolean
}

/** What the serving version uses, and what is nobody's yet because the migrations themselves have made it. */
export class Known {
  readonly #created = new Set<string>()
  readonly #columns = new Map<string, Said>()

  /** @param serving what the serving version uses; everything when that is not known */
  constructor(readonly serving: Tables | undefined) {}

  /** Whether a table, view, type or other object was made by these migrations. */
  isNew(name: string): boolean {
    return this.#created.has(name)
  }

  usesTable(table: string): boolean {
    return !this.isNew(table) && (this.serving === undefined || Object.hasOwn(this.serving, table))
  }

  usesColumn(table: string, column: string): boolean {
    if (!this.usesTable(table) || this.said(table, column).isAdded) return false
    return this.serving?.[table]?.includes(column) ?? true
  }

  /** What was said of a column. */
  said(table: string, column: string): Said {
    return this.#columns.get(`${table}.${column}`) ?? {}
  }

  /** Takes note of what a part has changed. */
  note(part: Part): void {
    if (part.kind === "command") this.#noteCommand(part)
    else {
      for (const name of createdBy(part.node)) this.#created.add(name)
      if ("RenameStmt" in part.node) this.#noteRename(part.node.RenameStmt)
    }
  }

  #noteCommand({
    table,
    command: { subtype, name = "", def, missing_ok },
  }: Extract<Part, { kind: "command" }>): void {
    const say = (column: string, more: Said) => {
      this.#columns.set(`${table}.${column}`, { ...this.said(table, column), ...more })
    }
    const column = subtype === "AT_AddColumn" && !missing_ok ? addedColumn(def) : undefined
    if (column) say(column.name, { ...column, isAdded: true })
    if (subtype === "AT_SetNotNull") say(name, { isRequired: true })
    if (subtype === "AT_ColumnDefault") say(name, { hasDefault: def !== undefined })
  }

  /** What has a new name is used by nobody under it. */
  #noteRename({ renameType, newname = "" }: RenameStmt): void {
    const isObject = ["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_TYPE"].includes(renameType ?? "")
    if (isObject) this.#created.add(newname)
  }
}

/** What IF NOT EXISTS makes may have been there before. */
function createdBy(node: Node): string[] {
  if ("CreateStmt" in node) return node.CreateStmt.if_not_exists ? [] : [tableName(node.CreateStmt.relation)]
  if ("CreateTableAsStmt" in node)
    return node.CreateTableAsStmt.if_not_exists ? [] : [tableName(node.CreateTableAsStmt.into?.rel)]
  if ("CreateSeqStmt" in node)
    return node.CreateSeqStmt.if_not_exists ? [] : [tableName(node.CreateSeqStmt.sequence)]
  if ("CreateEnumStmt" in node) return [typeName(node.CreateEnumStmt.typeName)]
  if ("CreateDomainStmt" in node) return [typeName(node.CreateDomainStmt.domainname)]
  if ("CompositeTypeStmt" in node) return [tableName(node.CompositeTypeStmt.typevar)]
  if ("CreateSchemaStmt" in node)
    return node.CreateSchemaStmt.if_not_exists ? [] : [node.CreateSchemaStmt.schemaname ?? ""]
  return "ViewStmt" in node && !node.ViewStmt.replace ? [tableName(node.ViewStmt.view)] : []
}
