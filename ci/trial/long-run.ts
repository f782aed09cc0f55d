import { z } from "zod"

const Made = z.object({ id: z.string() })
const TEN_MINUTES = "[sandbox:delay=600000]"

/** Starts a run that is under way for as long as a test lasts. @returns its id */
export async function startedRun(url: string, key: string): Promise<string> {
  const steps = [{ name: "Long", prompt: TEN_MINUTES }]
  const workflow = await post(`${url}/api/workflows`, key, { goal: "Long", connector: "sandbox", steps })
  return post(`${url}/api/workflows/${workflow}/runs`, key)
}

async function post(url: string, key: string, body?: object): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" }
  const response = await fetch(url, { method: "POST", headers, ...(body && { body: JSON.stringify(body) }) })
  return Made.parse(await response.json()).id
}
