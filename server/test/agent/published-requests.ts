import { z } from "zod"

const message = z.strictObject({ role: z.enum(["user"]), content: z.string().min(1) })

/** What OpenAI's chat completions ask of a request. */
export const openaiRequest = z.object({
  method: z.literal("POST"),
  path: z.literal("/v1/chat/completions"),
  headers: z.object({
    "content-type": z.literal("application/json"),
    authorization: z.literal("Bearer key-of-the-test"),
  }),
  body: z.strictObject({ model: z.literal("some-model"), messages: z.array(message).length(1) }),
})

/** What Anthropic's messages ask of a request. */
export const anthropicRequest = z.object({
  method: z.literal("POST"),
  path: z.literal("/v1/messages"),
  headers: z.object({
    "content-type": z.literal("application/json"),
    "x-api-key": z.literal("key-of-the-test"),
    "anthropic-version": z.literal("2023-06-01"),
  }),
  body: z.strictObject({
    model: z.literal("some-model"),
    max_tokens: z.int().positive(),
    messages: z.array(message).length(1),
  }),
})
