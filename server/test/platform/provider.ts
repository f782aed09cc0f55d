import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { onTestFinished } from "vitest"

/** A request that reached the fake provider. */
export interface ProviderCall {
  method: string | undefined
  path: string | undefined
  headers: IncomingMessage["headers"]
  body: unknown
  /** Answers it. */
  answer(status: number, body: unknown, headers?: Record<string, string>): void
  /** Whether the caller hung up before the answer. */
  isGone(): boolean
}

/**
 * A stand-in for the HTTP API of another company, on a port of its own; closed when the test ends.
 * @param onCall Called for each request, once its body is there.
 */
export async function startProvider(onCall: (call: ProviderCall, count: number) => void) {
  const calls: ProviderCall[] = []
  const server = createServer((request, response) => {
    void receive(request, response).then((call) => {
      calls.push(call)
      onCall(call, calls.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.close().closeAllConnections()
  })
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("expected a port")
  return { url: `http://127.0.0.1:${address.port}`, calls }
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<ProviderCall> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method, url: path, headers } = request
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
  const answer: ProviderCall["answer"] = (status, content, more = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...more })
    response.end(typeof content === "string" ? content : JSON.stringify(content))
  }
  return {
    method,
    path,
    headers,
    body,
    answer,
    isGone: () => response.destroyed && !response.writableFinished,
  }
}

/** An answer in the shape that OpenAI publishes for chat completions. */
export const chatCompletion = (content: string) => ({
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1_760_000_000,
  model: "gpt-4.1-mini-2025-04-14",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: "stop",
    },
  ],
  usage: { prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 },
  service_tier: "default",
})

/** An answer in the shape that Anthropic publishes for messages. */
export const anthropicMessage = (text: string) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-haiku-4-5",
  content: [{ type: "text", text }],
  stop_reason: "end_turn",
  stop_sequence: null,
  usage: { input_tokens: 12, output_tokens: 6 },
})
