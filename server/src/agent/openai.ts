import { z } from "zod"
import type { ModelAccess } from "../settings/settings.js"
import { type CallLimits, type Connector, ModelError } from "./connector.js"
import { askModel } from "./model-request.js"

const answer = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })),
})

/** OpenAI's chat completions: `POST <base>/chat/completions`. */
export function openai({ apiKey, baseUrl, model }: ModelAccess, limits: CallLimits): Connector {
  return {
    async complete(prompt, signal) {
      const url = `${baseUrl}/chat/completions`
      const headers = { authorization: `Bearer ${apiKey}` }
      const body = { model, messages: [{ role: "user", content: prompt }] }
      const received = answer.safeParse(await askModel({ url, headers, body, apiKey, limits, signal }))
      const content = received.data?.choices[0]?.message.content
      if (!content) throw new ModelError("expected a text in choices[0].message.content of OpenAI's answer")
      return content
    },
  }
}
