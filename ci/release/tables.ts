import { get_dmmf } from "@prisma/prisma-schema-wasm"
import { z } from "zod"
import { ReleaseFailure } from "./failure.js"

/** The part that is read here of what Prisma's parser makes of a schema; fields that its client can't use are not in it. */
const Document = z.object({
  datamodel: z.object({
    models: z.array(
      z.object({
        name: z.string(),
        dbName: z.string().nullish(),
        fields: z.array(z.object({ name: z.string(), dbName: z.string().nullish(), kind: z.string() })),
      }),
    ),
  }),
})
type Model = z.infer<typeof Document>["datamodel"]["models"][number]

const Complaint = z.object({ message: z.string() })

/**
 * The tables that the server reads and writes, each with its columns, as the database names them.
 * @param schema text of a `schema.prisma`
 * @throws ReleaseFailure with the parser's words, when it is no valid schema
 */
export function tablesOf(schema: string): Record<string, string[]> {
  const { models } = parsed(schema).datamodel
  return Object.fromEntries(models.map((model) => [model.dbName ?? model.name, columns(model)]))
}

/** A relation is no column; the column that holds it is a field of its own. */
function columns({ fields }: Model): string[] {
  return fields.filter(({ kind }) => kind !== "object").map(({ name, dbName }) => dbName ?? name)
}

function parsed(schema: string) {
  try {
    return Document.parse(JSON.parse(get_dmmf(JSON.stringify({ prismaSchema: schema, noColor: true }))))
  } catch (error) {
    throw new ReleaseFailure(`expected a schema.prisma that Prisma can read; it says: ${words(error)}`, {
      cause: error,
    })
  }
}

/** The parser's message is JSON with what people should read in it. */
function words(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  try {
    return Complaint.parse(JSON.parse(message)).message
  } catch {
    return message
  }
}
