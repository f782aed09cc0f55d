import { z } from "zod"
import { unknownNames } from "../agent/template.js"
import { boundedText } from "../http/parse.js"
import { connectorNames } from "../settings/variables.js"

const step = z.strictObject({ name: boundedText(1, 100), prompt: boundedText(1, 10_000) })

const steps = z
  .array(step)
  .min(1, "Expected at least one step, received none")
  .max(20, { error: ({ input }) => `Expected at most 20 steps, received ${input?.length ?? 0}` })
  .superRefine((list, context) => {
    list.forEach(({ prompt }, index) => {
      for (const name of unknownNames(prompt, index + 1))
        context.addIssue({ code: "custom", path: [index, "prompt"], message: unknownNameMessage(name) })
    })
  })

const unknownNameMessage = (name: string) =>
  `Expected goal, step.name, previous.output or steps.<n>.output of an earlier step, received {{${name}}}`

/** The body that creates a workflow. */
export const newWorkflow = z.strictObject({
  goal: boundedText(1, 2_000),
  connector: z.enum(connectorNames).optional(),
  steps,
})

/** What creates a workflow, once its connector is known. */
export type NewWorkflow = z.output<typeof newWorkflow>

/** The query that asks for a page of workflows. */
export const pageQuery = z.object({
  limit: z
    .string()
    .regex(/^\d{1,9}$/, "Expected a whole number from 1 to 100")
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .default(20),
  cursor: z
    .string()
    .transform((cursor) => Buffer.from(cursor, "base64url").toString("latin1"))
    .pipe(z.string().regex(/^\d{1,18}$/, "Expected the nextCursor of an earlier page"))
    .transform(BigInt)
    .optional(),
})

/** Which page of workflows. */
export type PageQuery = z.output<typeof pageQuery>

/** The cursor of the page that starts after the workflow with this number; callers should not look inside. */
export const cursorAfter = (number: bigint): string => Buffer.from(number.toString()).toString("base64url")
