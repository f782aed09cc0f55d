import type { IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import * as z from "zod/mini"

import type { FieldError } from "../../src/api/api-error"
import type { NewWorkflow } from "../../src/workflows/workflow"
import { Refusal } from "./answers"

/** A key that may do everything. */
export const fullKey = "aca_full_secret"
/** A key that may use the sandbox alone. */
export const sandboxKey = "aca_sandbox_secret"

/** Refuses a request that must have a key and has none that is known. */
export function checkKey({ headers }: IncomingMessage): string {
  const key = headers.authorization?.replace("Bearer ", "")
  if (key === fullKey || key === sandboxKey) return key
  throw new Refusal(401, "Expected a known API key as bearer token.")
}

const bodySchema = z.object({
  goal: z.string(),
  connector: z.optional(z.string()),
  steps: z.array(z.object({ name: z.string(), prompt: z.string() })),
})

/** The workflow that a request asks for; refuses what the API refuses. */
export async function newWorkflow(request: IncomingMessage, key: string): Promise<NewWorkflow> {
  const { connector, ...body } = bodySchema.parse(JSON.parse(await text(request)))
  if (key === sandboxKey && connector === "openai")
    throw new Refusal(403, 'expected a key that may use "openai"')
  const fields = [...emptyFields("goal", body.goal), ...body.steps.flatMap(stepErrors)]
  if (fields.length > 0) throw new Refusal(422, "Some fields are not valid.", fields)
  return connector === undefined ? body : { ...body, connector }
}

function stepErrors({ name, prompt }: { name: string; prompt: string }, index: number): FieldError[] {
  const at = `steps.${index}`
  const unknown = /{{(?!goal|step\.name|previous\.output|steps\.\d+\.output).*?}}/g
  return [
    ...emptyFields(`${at}.name`, name),
    ...emptyFields(`${at}.prompt`, prompt),
    ...[...prompt.matchAll(unknown)].map(([name]) => ({
      field: `${at}.prompt`,
      message: `Unknown template ${name}`,
    })),
  ]
}

function emptyFields(field: string, value: string): FieldError[] {
  return value === "" ? [{ field, message: "Expected at least one character." }] : []
}
