import type { Instance } from "../target.js"
import { partName, PARTS } from "./names.js"
import type { SwarmPlace } from "./swarm-place.js"
import { describeTask, hasFailed, tasksOf } from "./tasks.js"

const LAST_LINES = 20
const LOG_LINES = 200

/** What a service, or one task of it, printed last; newest last. */
async function lastLines({ docker }: SwarmPlace, name: string, count: number): Promise<string[]> {
  const args = ["service", "logs", "--raw", "--tail", String(count), name]
  const { stdout, stderr } = await docker(args, { mayFail: true })
  return [...stdout.split("\n"), ...stderr.split("\n")].filter(Boolean)
}

/** Why an instance can't become ready any more: one of its containers ended or can't be started. With its last words. */
export async function instanceFault(place: SwarmPlace, { colour }: Instance): Promise<string | undefined> {
  for (const part of PARTS) {
    const failed = (await tasksOf(place, partName(place.stack, part, colour))).find(hasFailed)
    if (!failed) continue
    const words = await lastLines(place, failed.ID, LAST_LINES)
    return [`the ${part} of ${colour}: ${describeTask(failed)}`, ...words].join("\n")
  }
  return undefined
}

/** The last lines that an instance's containers printed, the client's before the server's. */
export async function instanceLogs(place: SwarmPlace, { colour }: Instance): Promise<string[]> {
  const parts = ["client", "server"] as const
  const lines = await Promise.all(
    parts.map((part) => lastLines(place, partName(place.stack, part, colour), LOG_LINES)),
  )
  return lines.flat()
}
