import { Kind, parse, type SelectionSetNode, type ValueNode } from "graphql"

/** One step of what was asked of an engine, such as `withExec` with its arguments. */
export interface Call {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** The steps of a query, which asks for one thing: each selects the next. */
export function callsOf(query: string): Call[] {
  const [definition] = parse(query).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`expected a query, received ${query}`)
  return steps(definition.selectionSet)
}

function steps(set: SelectionSetNode): Call[] {
  const [field] = set.selections
  if (field?.kind !== Kind.FIELD || set.selections.length !== 1) throw new Error("expected one field")
  const args = Object.fromEntries(
    (field.arguments ?? []).map(({ name, value }) => [name.value, plain(value)]),
  )
  return [{ name: field.name.value, args }, ...(field.selectionSet ? steps(field.selectionSet) : [])]
}

function plain(value: ValueNode): unknown {
  if (value.kind === Kind.LIST) return value.values.map(plain)
  if (value.kind === Kind.OBJECT)
    return Object.fromEntries(value.fields.map((field) => [field.name.value, plain(field.value)]))
  if (value.kind === Kind.VARIABLE) throw new Error("expected values in the query itself")
  return value.kind === Kind.NULL ? null : value.value
}
