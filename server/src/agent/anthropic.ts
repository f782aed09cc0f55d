import { z } from "zod"
import type { ModelAccess } from "../settings/settings.js"
import { type CallLimits, type Connector, ModelError } from "./connector.js"
import { askModel } from "./model-request.js"

const longestAnswerTokens = 4_096

const answer = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
})

/** Anthropic's messages: `POST <base>/v1/messages`. */
export function anthropic({ apiKey, baseUrl, model }: ModelAccess, limits: CallLimits): Connector {
  return {
    async complete(prompt, signal) {
      const url = `${baseUrl}/v1/messages`
      const headers = { "x-api-key": apiKey, "anthropic-version": "2023-06-01" }
      const body = { model, max_tokens: longestAnswerTokens, messages: [{ role: "user", content: prompt }] }
      const received = answer.safeParse(await askModel({ url, headers, body, apiKey, limits, signal }))
      const texts = received.data?.content.filter(({ type }) => type === "text").map(({ text }) => text ?? "")
      const content = texts?.join("")
      if (!content) throw new ModelError("expected a content block of type text in Anthropic's answer")
      return content
    },
  }
}
