import { setTimeout as sleep } from "node:timers/promises"
import { z } from "zod"
import { SmokeFailure } from "./failure.js"
import type { Place } from "./look.js"
import { request, requestJson } from "./request.js"

const READY_WITHIN_MS = 10_000
const READY_PAUSE_MS = 500

const Version = z.object({ commit: z.string(), version: z.string() })

/** The process lives, and is ready to take requests. */
export async function checkHealth({ serverUrl, signal }: Place): Promise<string> {
  await request(`${serverUrl}/healthz`, { signal })
  await ready(serverUrl, signal)
  return "health: the server lives and is ready"
}

/** One that is asked a lot at this moment is not ready for a moment. */
async function ready(serverUrl: string, signal: AbortSignal | undefined): Promise<void> {
  for (const end = performance.now() + READY_WITHIN_MS; ;)
    try {
      await request(`${serverUrl}/readyz`, { signal })
      return
    } catch (error) {
      if (signal?.aborted || performance.now() >= end) throw error
      await sleep(READY_PAUSE_MS)
    }
}

/**
 * The server was built from the expected commit.
 * @param commit full or abbreviated; `undefined` accepts any
 */
export async function checkVersion(
  { serverUrl, signal }: Place,
  commit: string | undefined,
): Promise<string> {
  const version = await requestJson(`${serverUrl}/version`, Version, { signal })
  if (commit !== undefined && !version.commit.startsWith(commit)) {
    throw new SmokeFailure(`version: expected commit ${commit}, got ${version.commit}`)
  }
  return `version: ${version.version}, commit ${version.commit}`
}
