import { expect } from "vitest"
import type { Ground } from "./ground.js"

/** Does something while users ask, and expects that none of them notices. */
export async function underLoad<Result>(there: Ground, action: () => Promise<Result>): Promise<Result> {
  const load = await there.load()
  const result = await action()
  const { failures, answers } = await load.stop()
  expect(failures, JSON.stringify(result)).toEqual([])
  expect(answers.length).toBeGreaterThan(200)
  return result
}

/** The commit that answers at the environment's address. */
export async function answering({ url }: Ground): Promise<string> {
  const response = await fetch(`${url}/version`)
  return ((await response.json()) as { commit: string }).commit
}
