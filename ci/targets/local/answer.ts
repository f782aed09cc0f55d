import { request } from "undici"
import type { Answer } from "../target.js"

/** Asks one GET request. */
export async function answer(url: string, signal: AbortSignal): Promise<Answer> {
  const { statusCode, body } = await request(url, { signal })
  return { status: statusCode, body: await body.text() }
}
