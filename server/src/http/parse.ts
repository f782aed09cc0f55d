import { z } from "zod"
import { type FieldProblem, HttpError } from "./error.js"

/**
 * Outside data in the form a schema asks for.
 * @throws HttpError 422 naming each wrong field with the reason.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw invalid(result.error.issues.flatMap(fieldProblems))
}

/** 422 with the fields it is about. */
export function invalid(fields: readonly FieldProblem[]): HttpError {
  const names = fields.map(({ field }) => field).join(", ")
  return new HttpError("invalid", `expected other values; see fields: ${names}`, fields)
}

/**
 * A path parameter that is an id. Something that is no UUID names nothing, so it is 404 as well.
 * @param notFound Thrown when it is none.
 */
export function parseId(id: unknown, notFound: HttpError): string {
  const result = z.uuid().safeParse(id)
  if (!result.success) throw notFound
  return result.data
}

/** A text of bounded length; PostgreSQL can't store the character NUL, nor half of a surrogate pair. */
export const boundedText = (least: number, most: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? "Expected a text, received nothing" : undefined) })
    .min(least, "Expected a text, received an empty one")
    .max(most, { error: ({ input }) => `Expected at most ${most} characters, received ${lengthOf(input)}` })
    .refine((text) => !text.includes("\u0000"), "Expected a text without the character NUL")
    .refine((text) => text.isWellFormed(), "Expected a text without half surrogate pairs")

const lengthOf = (input: unknown) => (typeof input === "string" ? input.length : "none")

function fieldProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String)
  if (issue.code !== "unrecognized_keys") return [{ field: path.join(".") || "body", message: issue.message }]
  const message = "Unrecognized key: expected only the documented fields"
  return issue.keys.map((key) => ({ field: [...path, key].join("."), message }))
}
