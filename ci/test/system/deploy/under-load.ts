import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "vitest"
import type { Ground } from "../../../trial/ground.js"

const SHOWN = 5

/** Does something while users ask, and expects that none of them notices. */
export async function underLoad<Result>(there: Ground, action: () => Promise<Result>): Promise<Result> {
  const load = await there.load()
  const result = await action()
  const { failures, answers } = await load.stop()
  const words = failures.length === 0 ? "" : `${JSON.stringify(result)}\n${await serverErrors(there)}`
  expect(failures, words).toEqual([])
  expect(answers.length).toBeGreaterThan(100)
  return result
}

/** The commit that answers at the environment's address. */
export async function answering({ url }: Ground): Promise<string> {
  const response = await fetch(`${url}/version`)
  return ((await response.json()) as { commit: string }).commit
}

/** The newest errors that the servers logged. */
async function serverErrors({ folder }: Ground): Promise<string> {
  const logs = join(folder, ".local", "logs")
  const names = (await readdir(logs)).filter((name) => name.endsWith("-server.log"))
  const texts = await Promise.all(names.map((name) => readFile(join(logs, name), "utf8")))
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line.includes('"level":"error"'))
  return lines.slice(-SHOWN).join("\n")
}
