import type { AlterTableCmd } from "libpg-query"
import { addedColumn, constraintsOf } from "../column.js"
import { constraintHarm } from "./constraints.js"
import { CONTRACT_LATER, EXPAND_BESIDE, type Harm } from "./harm.js"
import type { Known } from "./known.js"

const DEFAULT_STAYS =
  "give it a default that stays; where the serving version always writes it, nothing breaks: --allow-breaking lets it through"

interface Command {
  readonly table: string
  readonly command: AlterTableCmd
}
type Rule = (command: Command, known: Known) => Harm[]

const RULES: Readonly<Record<string, Rule>> = {
  AT_AddColumn: added,
  AT_AddConstraint: ({ table, command: { def } }, known) =>
    constraintsOf(def && [def]).flatMap((constraint) => constraintHarm({ table, constraint }, known)),
  AT_DropColumn: (command, known) =>
    when(isUsed(command, known), `the serving version uses ${words(command)}`, CONTRACT_LATER),
  AT_AlterColumnType: (command, known) =>
    when(
      isUsed(command, known),
      `the serving version uses ${words(command)} as the type that it is`,
      EXPAND_BESIDE,
    ),
  AT_SetNotNull: (command, known) =>
    when(mayBeLeftOut(command, known), `the serving version may leave ${words(command)} out`, DEFAULT_STAYS),
  AT_ColumnDefault: (command, known) =>
    command.command.def === undefined ? defaultDropped(command, known) : [],
  AT_DropIdentity: defaultDropped,
}

/** What a command of an `ALTER TABLE` does to the version that serves. */
export function columnHarm(command: Command, known: Known): Harm[] {
  return RULES[command.command.subtype ?? ""]?.(command, known) ?? []
}

function added({ table, command }: Command, known: Known): Harm[] {
  const column = addedColumn(command.def)
  if (column === undefined || !known.usesTable(table)) return []
  const lacks = column.isRequired && !column.hasDefault
  const why = `the serving version does not write the new column ${column.name} of ${table}, which has to have a value`
  const constraints = column.constraints.map((constraint) => ({ table, constraint, own: column }))
  return [...when(lacks, why, DEFAULT_STAYS), ...constraints.flatMap((each) => constraintHarm(each, known))]
}

/** Columns that these migrations have added may lose it, as long as they may be empty. */
function defaultDropped(command: Command, known: Known): Harm[] {
  const { isAdded, isRequired } = known.said(command.table, command.command.name ?? "")
  const isCounted = known.usesTable(command.table) && (isAdded !== true || isRequired === true)
  return when(isCounted, `the serving version may count on the default of ${words(command)}`, DEFAULT_STAYS)
}

/** A column that the serving version does not know is left out by it, so that a default alone fills it. */
function mayBeLeftOut(command: Command, known: Known): boolean {
  if (!known.usesTable(command.table)) return false
  return isUsed(command, known) || known.said(command.table, command.command.name ?? "").hasDefault !== true
}

const isUsed = ({ table, command }: Command, known: Known) => known.usesColumn(table, command.name ?? "")
const words = ({ table, command }: Command) => `the column ${command.name} of ${table}`
const when = (is: boolean, why: string, instead: string): Harm[] => (is ? [{ why, instead }] : [])
