import * as z from "zod/mini"

import { ApiError } from "./api-error"

const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.optional(z.string()),
    fields: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
  }),
})

/** The error that an answer outside 2xx stands for; an answer that is not the API's (a proxy's page) is told as such. */
export async function errorFromAnswer(response: Response): Promise<ApiError> {
  const parsed = errorBody.safeParse(await jsonOrNull(response))
  const requestId = response.headers.get("x-request-id") ?? undefined
  if (parsed.success) {
    const { message, ...details } = parsed.data.error
    return new ApiError(sentence(message), { requestId, ...details, status: response.status })
  }
  return new ApiError(
    `Expected an answer of the API, received HTTP ${response.status} without its error format.`,
    {
      status: response.status,
      code: "unknown_answer",
      requestId,
    },
  )
}

/** The API writes its messages to be joined; on the page each stands alone. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

async function jsonOrNull(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}
