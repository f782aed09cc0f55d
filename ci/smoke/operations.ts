import { z } from "zod"
import { SmokeFailure } from "./failure.js"
import { request, requestJson } from "./request.js"

const Version = z.object({ commit: z.string(), version: z.string() })

/** The process lives, and is ready to take requests. */
export async function checkHealth(url: string): Promise<void> {
  await request(`${url}/healthz`)
  await request(`${url}/readyz`)
  console.log("health: the server lives and is ready")
}

/**
 * The server was built from the expected commit.
 * @param commit full or abbreviated; `undefined` accepts any
 */
export async function checkVersion(url: string, commit: string | undefined): Promise<void> {
  const version = await requestJson(`${url}/version`, Version)
  if (commit !== undefined && !version.commit.startsWith(commit)) {
    throw new SmokeFailure(`version: expected commit ${commit}, got ${version.commit}`)
  }
  console.log(`version: ${version.version}, commit ${version.commit}`)
}
