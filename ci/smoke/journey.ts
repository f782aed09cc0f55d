import { setTimeout as sleep } from "node:timers/promises"
import { z } from "zod"
import { SmokeFailure } from "./failure.js"
import type { Place } from "./look.js"
import { request, requestJson } from "./request.js"

const DEADLINE_MS = 60_000
const POLL_MS = 200
const REMOVED_WITHIN_MS = 10_000

const Created = z.object({ id: z.string() })
const Run = z.object({
  id: z.string(),
  status: z.string(),
  error: z.string().nullable(),
  steps: z.array(z.object({ status: z.string(), output: z.string().nullable() })),
})
type Run = z.infer<typeof Run>

const WORKFLOW = {
  goal: "Smoke test: made, run and removed by the pipeline",
  connector: "sandbox",
  steps: [
    { name: "Plan", prompt: "Plan this: {{goal}}" },
    { name: "Review", prompt: "Review this: {{previous.output}}" },
  ],
}

/** What a user does: makes a workflow, runs it, sees it finish, removes it. It is removed whatever happens before. */
export async function checkJourney(place: Place): Promise<string> {
  const { key, signal } = place
  const workflows = `${place.serverUrl}/api/workflows`
  const options = { method: "POST", key, body: WORKFLOW, signal } as const
  const { id } = await requestJson(workflows, Created, options)
  // Also when the rest was broken off.
  const remove = () =>
    request(`${workflows}/${id}`, { method: "DELETE", key, signal: AbortSignal.timeout(REMOVED_WITHIN_MS) })
  try {
    const run = await requestJson(`${workflows}/${id}/runs`, Run, { method: "POST", key, signal })
    checkFinished(await finished(place, run))
  } catch (error) {
    // A run that has not ended holds its workflow; not being able to remove it must not hide why.
    await remove().catch((second: unknown) =>
      console.error(`the workflow stays: ${(second as Error).message}`),
    )
    signal?.throwIfAborted()
    throw error
  }
  await remove()
  return `journey: workflow ${id} was made, run, seen to finish and removed`
}

async function finished({ serverUrl, signal }: Place, { id }: Run): Promise<Run> {
  const deadline = Date.now() + DEADLINE_MS
  for (;;) {
    const run = await requestJson(`${serverUrl}/api/runs/${id}`, Run, { signal })
    if (!["queued", "running"].includes(run.status)) return run
    if (Date.now() > deadline) {
      throw new SmokeFailure(
        `journey: expected the run to finish within ${DEADLINE_MS / 1000} s, it is ${run.status}`,
      )
    }
    await sleep(POLL_MS, undefined, { signal })
  }
}

function checkFinished({ status, error, steps }: Run): void {
  if (status !== "succeeded")
    throw new SmokeFailure(`journey: expected a run that succeeds, it ${status}: ${error}`)
  const silent = steps.filter(({ output }) => !output).length
  if (silent > 0) throw new SmokeFailure(`journey: expected an output of every step, ${silent} have none`)
}
