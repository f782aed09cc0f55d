import { z } from "zod"
import type { Platform } from "./platform.js"

const Made = z.object({ id: z.string() })

/** Makes a workflow of one step over HTTP, as another client would. */
export async function makeWorkflow(platform: Platform, goal: string, prompt: string): Promise<string> {
  const steps = [{ name: "Only step", prompt }]
  return post(platform, "/api/workflows", { goal, connector: "sandbox", steps })
}

/** Starts a run of a workflow. */
export function startRun(platform: Platform, workflowId: string): Promise<string> {
  return post(platform, `/api/workflows/${workflowId}/runs`)
}

async function post({ server, key }: Platform, path: string, body?: object): Promise<string> {
  const response = await fetch(server + path, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`expected ${path} to answer 2xx, got ${await response.text()}`)
  return Made.parse(await response.json()).id
}
